import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pollUntil, runProgram } from '@bellwether/testkit';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { promQuery, type Stack, type StackStatus, startStack, stopStack } from '../src/index.ts';
import { isRunning, type ProcessIdentity, signalProcess } from '../src/process-identity.ts';
import { readState } from '../src/stack/state-file.ts';
import { counterMetric, sendMetrics } from './otlp-json.ts';

const BIN = fileURLToPath(new URL('../src/bin.ts', import.meta.url));
/** The first start on a machine builds the servers. */
const BUILD_MS = 900_000;

const cli = (...args: readonly string[]) =>
  runProgram({ file: BIN, args: ['stack', ...args], timeoutMs: BUILD_MS });

async function cliResult(...args: readonly string[]) {
  const program = cli(...args);
  const { code } = await program.exited;
  return { code, stdout: program.stdout, stderr: program.stderr };
}

function processesOf(dataDir: string): readonly ProcessIdentity[] {
  const state = readState(dataDir);
  const found = [state?.supervisor, ...(state?.services ?? []).map((service) => service.process)];
  return found.filter((identity) => identity !== undefined);
}

describe('a whole stack', () => {
  let dataDir: string;
  let stack: Stack;
  const steps: string[] = [];

  beforeAll(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'bellwether-stack-'));
    stack = await startStack({ dataDir, onProgress: ({ message }) => steps.push(message) });
  }, BUILD_MS);
  afterAll(async () => {
    await stack?.stop({ volumes: true });
    rmSync(dataDir, { recursive: true, force: true });
  });

  test('says every step', () => {
    expect(steps).toContainEqual(expect.stringMatching(/^prepare collector: done in .* s/));
    expect(steps).toContainEqual(expect.stringMatching(/^start prometheus: done in .* s/));
  });

  test('an OTLP point is found by PromQL with the labels of its service; a delta one beside it is dropped alone', async () => {
    const { collectorHttp, collectorMetrics, prometheus } = stack.addresses;
    await sendMetrics(collectorHttp, [
      counterMetric({ name: 'stack.good', value: 3, temporality: 'cumulative' }),
      counterMetric({ name: 'stack.bad', value: 5, temporality: 'delta' }),
    ]);
    const [sample] = await pollUntil(
      async () => {
        const samples = await promQuery(prometheus, '{__name__=~"stack_.+"}');
        return samples.length > 0 && samples;
      },
      { message: 'the point in Prometheus', everyMs: 100 },
    );
    expect(sample).toEqual({
      value: 3,
      labels: {
        __name__: 'stack_good_total',
        tenant_id: 'acme',
        job: 'tests/sender',
        instance: 'sender-1',
        service_namespace: 'tests',
        service_name: 'sender',
        service_instance_id: 'sender-1',
        service_version: '1.2.3',
      },
    });
    expect(await promQuery(prometheus, 'stack_bad_total')).toEqual([]);
    const own = await (await fetch(collectorMetrics)).text();
    expect(own).toMatch(/^otelcol_processor_filter_datapoints_filtered\{.*\} 1$/m);
    expect(own).toMatch(/^otelcol_receiver_accepted_metric_points\{.*\} 2$/m);
  });

  test('a series begins with a zero at its start time, so that its first increment counts', async () => {
    const [least] = await promQuery(
      stack.addresses.prometheus,
      'min_over_time(stack_good_total[5m])',
    );
    expect(least?.value).toBe(0);
  });

  test('prom-label-proxy answers for one tenant only', async () => {
    const ask = async (tenant: string) => {
      const url = new URL('/api/v1/query?query=stack_good_total', stack.addresses.promLabelProxy);
      const answer = await fetch(url, { headers: { 'X-Tenant': tenant } });
      return ((await answer.json()) as { data: { result: unknown[] } }).data.result.length;
    };
    expect([await ask('acme'), await ask('globex')]).toEqual([1, 0]);
  });

  test('Prometheus knows its targets and Alertmanager', async () => {
    const get = async (path: string) =>
      (await (await fetch(new URL(path, stack.addresses.prometheus))).json()) as {
        data: {
          activeTargets: { labels: { job: string } }[];
          activeAlertmanagers: { url: string }[];
        };
      };
    const jobs = await pollUntil(async () => {
      const { activeTargets } = (await get('/api/v1/targets')).data;
      return activeTargets.length > 0 && activeTargets.map(({ labels }) => labels.job).sort();
    });
    expect(jobs).toEqual([
      'alertmanager',
      'node-exporter',
      'otel-collector',
      'postgres-exporter',
      'prometheus',
      'redis-exporter',
    ]);
    const known = await pollUntil(
      async () => (await get('/api/v1/alertmanagers')).data.activeAlertmanagers[0]?.url,
    );
    expect(known).toContain(stack.addresses.alertmanager);
  });

  test('one server stops, by a kill too, and starts again with its data, and the others run on', async () => {
    const { postgres, prometheus } = stack.addresses;
    const client = new pg.Client({ connectionString: postgres });
    await client.connect();
    await client.query('CREATE TABLE kept (id int)');
    await client.end();
    for (const signal of [undefined, 'SIGKILL'] as const) {
      await stack.stopService('postgres', signal);
      expect(stack.status().state).toBe('degraded');
      await expect(new pg.Client({ connectionString: postgres }).connect()).rejects.toThrow();
      await stack.startService('postgres');
      expect(stack.status().state).toBe('running');
    }
    const again = new pg.Client({ connectionString: postgres });
    await again.connect();
    expect((await again.query('SELECT count(*)::int AS n FROM kept')).rows).toEqual([{ n: 0 }]);
    await again.end();
    await stack.stopService('prometheus');
    await stack.startService('prometheus');
    expect(await promQuery(prometheus, 'vector(1)')).toHaveLength(1);
  });

  test('PostgreSQL 18 with a database of our own, on loopback, by password', async () => {
    const client = new pg.Client(stack.addresses.postgres);
    await client.connect();
    const { rows } = await client.query(
      "select current_setting('server_version_num')::int / 10000 as version, current_setting('listen_addresses') as host, current_database() as name",
    );
    await client.end();
    expect(rows).toEqual([{ version: 18, host: '127.0.0.1', name: 'bellwether' }]);
    expect(statSync(join(dataDir, 'postgres-password')).mode & 0o777).toBe(0o600);
    const url = new URL(stack.addresses.postgres);
    url.password = 'wrong';
    await expect(new pg.Client(url.href).connect()).rejects.toMatchObject({ code: '28P01' });
  });

  test('status --json says the same, and no password', async () => {
    const { code, stdout } = await cliResult('status', '--json', '--data', dataDir);
    expect(code).toBe(0);
    const status = JSON.parse(stdout) as StackStatus;
    expect(status).toMatchObject({
      state: 'running',
      addresses: { prometheus: stack.addresses.prometheus },
    });
    expect(status.services.map(({ name, state }) => [name, state])).toEqual(
      [
        'postgres',
        'redis',
        'prometheus',
        'alertmanager',
        'collector',
        'prom-label-proxy',
        'node-exporter',
        'postgres-exporter',
        'redis-exporter',
      ].map((name) => [name, 'ready']),
    );
    expect(stdout).not.toContain(readFileSync(join(dataDir, 'postgres-password'), 'utf8').trim());
  });

  test('a second one on the same folder is refused and hurts nothing', async () => {
    await expect(startStack({ dataDir })).rejects.toMatchObject({ code: 'ERR_STACK_RUNNING' });
    expect(stack.status().state).toBe('running');
  });

  test('logs', async () => {
    const { code, stdout } = await cliResult('logs', 'postgres', '--data', dataDir);
    expect(code).toBe(0);
    expect(stdout).toContain('database system is ready to accept connections');
  });
});

describe('a small stack', () => {
  const few = ['--services', 'redis,prometheus,collector'];
  let dataDir: string;
  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'bellwether-stack-'));
  });
  afterEach(async () => {
    if (readState(dataDir) !== undefined) await stopStack(dataDir, { volumes: true });
    rmSync(dataDir, { recursive: true, force: true });
  });

  test('killed -9 in front, it leaves no process behind', { timeout: BUILD_MS }, async () => {
    const up = cli('up', '--json', '--data', dataDir, ...few);
    await up.waitForLine(/"state":"running"/);
    const processes = processesOf(dataDir);
    expect(processes.filter(isRunning)).toHaveLength(4);
    up.kill('SIGKILL');
    await pollUntil(() => !processes.some(isRunning), { message: 'the end of all processes' });
    expect((await cliResult('status', '--data', dataDir)).code).toBe(3);
  });

  test('a Ctrl-C stops it with exit code 0', { timeout: BUILD_MS }, async () => {
    const up = cli('up', '--json', '--data', dataDir, ...few);
    await up.waitForLine(/"state":"running"/);
    const processes = processesOf(dataDir);
    up.kill('SIGINT');
    expect(await up.exited).toMatchObject({ code: 0 });
    expect(processes.some(isRunning)).toBe(false);
  });

  test('a server that ends by itself ends the command with its last words', {
    timeout: BUILD_MS,
  }, async () => {
    const up = cli('up', '--json', '--data', dataDir, ...few);
    await up.waitForLine(/"state":"running"/);
    const processes = processesOf(dataDir);
    const redis = readState(dataDir)?.services.find(({ name }) => name === 'redis')?.process;
    if (redis === undefined) throw new Error('redis runs');
    signalProcess(redis, 'SIGKILL');
    expect(await up.exited).toMatchObject({ code: 1 });
    expect(up.stderr).toMatch(
      /Expected redis to run, got signal SIGKILL.*Ready to accept connections/s,
    );
    expect(processes.some(isRunning)).toBe(false);
  });

  test('detached it runs on; a dead server shows; down --volumes removes all', {
    timeout: BUILD_MS,
  }, async () => {
    const up = await cliResult('up', '--detach', '--json', '--data', dataDir, ...few);
    expect(up.code).toBe(0);
    const processes = processesOf(dataDir);
    expect(processes.filter(isRunning)).toHaveLength(4);
    const redis = readState(dataDir)?.services.find(({ name }) => name === 'redis')?.process;
    if (redis === undefined) throw new Error('redis runs');
    signalProcess(redis, 'SIGKILL');
    const degraded = await pollUntil(async () => {
      const { code, stdout } = await cliResult('status', '--json', '--data', dataDir);
      return code === 1 && (JSON.parse(stdout) as StackStatus);
    });
    expect(degraded).toMatchObject({
      state: 'degraded',
      services: [
        { name: 'redis', state: 'exited', exit: { code: null, signal: 'SIGKILL' } },
        {},
        {},
      ],
    });
    const down = await cliResult('down', '--volumes', '--data', dataDir);
    expect(down).toMatchObject({ code: 0, stdout: expect.stringContaining('removed') });
    expect(processes.some(isRunning)).toBe(false);
    expect(existsSync(dataDir)).toBe(false);
  });

  test.runIf(process.platform === 'linux')(
    'a supervisor that is killed -9 takes its servers along, and the next start is whole',
    { timeout: BUILD_MS },
    async () => {
      expect((await cliResult('up', '--detach', '--data', dataDir, ...few)).code).toBe(0);
      const processes = processesOf(dataDir);
      const [supervisor] = processes;
      if (supervisor === undefined) throw new Error('it runs');
      signalProcess(supervisor, 'SIGKILL');
      await pollUntil(() => !processes.some(isRunning), { message: 'the end of all processes' });
      expect((await cliResult('up', '--detach', '--data', dataDir, ...few)).code).toBe(0);
      expect((await cliResult('down', '--data', dataDir)).stdout).toContain('stopped');
    },
  );

  test('what Prometheus was down for arrives when it is back', { timeout: BUILD_MS }, async () => {
    const services = ['collector', 'prometheus'] as const;
    const first = await startStack({ dataDir, services });
    const prometheus = readState(dataDir)?.services.find(
      ({ name }) => name === 'prometheus',
    )?.process;
    if (prometheus === undefined) throw new Error('prometheus runs');
    signalProcess(prometheus, 'SIGKILL');
    await pollUntil(() => first.status().state === 'degraded');
    await sendMetrics(first.addresses.collectorHttp, [
      counterMetric({ name: 'stack.queued', value: 7, temporality: 'cumulative' }),
    ]);
    await first.stop();
    const second = await startStack({ dataDir, services });
    try {
      const [sample] = await pollUntil(
        async () => {
          const samples = await promQuery(second.addresses.prometheus, 'stack_queued_total');
          return samples.length > 0 && samples;
        },
        { timeoutMs: 60_000, everyMs: 100, message: 'the queued point' },
      );
      expect(sample?.value).toBe(7);
    } finally {
      await second.stop();
    }
  });

  test('a given port in use is one clear error', { timeout: BUILD_MS }, async () => {
    const first = await startStack({ dataDir, services: ['redis'] });
    const port = new URL(first.addresses.redis).port;
    const other = mkdtempSync(join(tmpdir(), 'bellwether-stack-'));
    try {
      const up = await cliResult(
        'up',
        '--data',
        other,
        '--services',
        'redis',
        '--ports',
        `redis=${port}`,
      );
      expect(up.code).toBe(1);
      expect(up.stderr).toMatch(
        new RegExp(
          `Expected port ${port} for redis to be free on 127.0.0.1, got one in use.*ERR_PORT_IN_USE`,
        ),
      );
    } finally {
      rmSync(other, { recursive: true, force: true });
      await first.stop();
    }
  });

  test('a wrong option is exit code 2', async () => {
    expect((await cliResult('up', '--data', dataDir, '--ports', 'x=1')).code).toBe(2);
    expect((await cliResult('sideways')).code).toBe(2);
    expect((await cliResult('--help')).code).toBe(0);
  });
});
