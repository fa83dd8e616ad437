import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, pollUntil, runProgram } from '@bellwether/testkit';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { ensureServer, promQuery, type Stack, startStack } from '../src/index.ts';
import { stackFiles } from '../src/stack-files.ts';
import { startFakeServer } from './doctor-fake-server.ts';
import { doctor, doctorProject, runDoctor, type Visit } from './doctor-project.ts';
import { counterMetric, sendMetrics } from './otlp-json.ts';

const BUILD_MS = 900_000;
const RULES = ['--rules', stackFiles().prometheusRules];

let folder: string;
let patient: string;
let stack: Stack<'prometheus' | 'alertmanager' | 'collector'>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'bellwether-doctor-stack-'));
  writeFileSync(join(folder, 'token'), 'a-token-of-the-test');
  stack = await startStack({
    dataDir: join(folder, 'stack'),
    services: ['prometheus', 'alertmanager', 'collector'],
    prometheusTiming: { scrapeInterval: '1s' },
    notifications: { url: 'http://127.0.0.1:9', tokenFile: join(folder, 'token') },
  });
  patient = doctorProject({ files: { 'app.js': 'setInterval(() => {}, 1_000);\n' } });
  await has('prometheus_http_requests_total');
}, BUILD_MS);
afterAll(async () => {
  await stack?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const has = (query: string) =>
  pollUntil(async () => (await promQuery(stack.addresses.prometheus, query)).length > 0, {
    timeoutMs: 60_000,
    everyMs: 100,
    message: query,
  });

const telemetry = (env: Readonly<Record<string, string>> = {}) => ({
  OTEL_EXPORTER_OTLP_ENDPOINT: stack.addresses.collectorHttp,
  OTEL_METRIC_EXPORT_INTERVAL: '300',
  ...env,
});

/** The doctor with the stack's data folder and rules. */
const visit = (args: readonly string[] = [], env: Readonly<Record<string, string>> = telemetry()) =>
  doctor(patient, ['--data', join(folder, 'stack'), ...RULES, '--skip', 'grafana', ...args], {
    env,
  });

const startPatient = (env: Readonly<Record<string, string>> = {}) =>
  runProgram({
    file: join(patient, 'app.js'),
    cwd: patient,
    imports: ['@bellwether/sdk/register'],
    env: telemetry(env),
  });

test(
  'everything is ok with a real application in a real stack',
  async () => {
    const grafana = await startFakeServer((path) =>
      path === '/api/datasources'
        ? { json: [{ name: 'Prometheus', type: 'prometheus', uid: 'prom' }] }
        : { json: { status: 'OK' } },
    );
    const { pid } = startPatient();
    await has(`target_info{process_pid="${pid}"}`);
    const args = ['--data', join(folder, 'stack'), ...RULES, '--pid', String(pid)];
    const seen = await doctor(patient, [...args, '--grafana', grafana.url]);
    expect(seen.checks.filter(({ status }) => status !== 'ok')).toEqual([]);
    expect(seen).toMatchObject({
      code: 0,
      ok: true,
      counts: { ok: 30, warn: 0, fail: 0, skipped: 0 },
    });
    expect(seen.message('arrival')).toMatch(/^in \d+\.\d s$/);
    expect(seen.message('app-arrives')).toMatch(/^patient, instance [0-9a-f-]{36}$/);

    const { code, out, err } = await runDoctor(patient, [...args, '--grafana', grafana.url]);
    expect([code, err]).toEqual([0, expect.stringMatching(/^(waiting for the point.*\n)?$/)]);
    expect(out).toMatch(/^ok {6,}preload +--import/m);
    expect(out).toMatch(/\n30 ok, 0 warnings, 0 failed, 0 skipped\n$/);
    expect(out).not.toContain('\u001b');
  },
  BUILD_MS,
);

describe('one thing is broken', () => {
  const nobody = async () => `http://127.0.0.1:${await freePort()}`;

  test('no Collector', async () => {
    const seen = await visit([], telemetry({ OTEL_EXPORTER_OTLP_ENDPOINT: await nobody() }));
    expect(seen.ill).toEqual([
      'collector: fail',
      'collector-accepts: skipped',
      'collector-queue: skipped',
      'arrival: skipped',
    ]);
    expect(seen.code).toBe(1);
    expect(seen.message('collector')).toMatch(/nothing listens there \(ECONNREFUSED\)/);
  });

  test('an endpoint with one path too many', async () => {
    const OTEL_EXPORTER_OTLP_ENDPOINT = `${stack.addresses.collectorHttp}/v1/metrics`;
    const seen = await visit(['--only', 'collector'], { OTEL_EXPORTER_OTLP_ENDPOINT });
    expect(seen.ill[0]).toBe('collector: fail');
    expect(seen.checks[0]?.hint).toMatch(/is the base address, without \/v1\/metrics/);
  });

  test('no Prometheus', async () => {
    const seen = await visit(['--prometheus', await nobody()]);
    expect(seen.ill[0]).toBe('prometheus: fail');
    expect(new Set(seen.ill.slice(1).map((row) => row.split(': ')[1]))).toEqual(
      new Set(['skipped']),
    );
    expect(seen.checks.filter(({ status }) => status === 'ok').map(({ group }) => group)).toEqual(
      expect.arrayContaining(['app', 'collector', 'alerting', 'clocks']),
    );
  });

  test('no Alertmanager', async () => {
    const seen = await visit(['--alertmanager', await nobody()]);
    expect(seen.ill).toEqual(['alertmanager: fail', 'notification-route: skipped']);
  });

  test('rules of here that Prometheus does not have', async () => {
    const rules = join(folder, 'more-rules');
    mkdirSync(rules);
    const rule = { record: 'job:up:sum', expr: 'sum by (job) (up)' };
    writeFileSync(
      join(rules, 'a.yaml'),
      JSON.stringify({ groups: [{ name: 'new', rules: [rule] }] }),
    );
    const seen = await visit(['--rules', rules]);
    expect(seen.ill).toEqual(['rules-loaded: fail']);
    expect(seen.message('rules-loaded')).toBe('not loaded, or older than here: 1 of new');
  });

  test('an application that does not run', async () => {
    const seen = await visit([], telemetry({ OTEL_SERVICE_NAME: 'nobody-knows' }));
    expect(seen.ill).toEqual(['app-arrives: warn']);
    expect(seen.code).toBe(0);
  });

  test('alerts that reach nobody', { timeout: BUILD_MS }, async () => {
    const other = await startStack({ dataDir: join(folder, 'silent'), services: ['alertmanager'] });
    onTestFinished(() => other.stop());
    const seen = await visit(['--alertmanager', other.addresses.alertmanager]);
    expect(seen.ill).toEqual(['notification-route: fail']);
  });

  test('a Collector that cannot deliver, and then is full', { timeout: BUILD_MS }, async () => {
    const other = await startStack({
      dataDir: join(folder, 'stuck'),
      services: ['collector'],
      collector: { exportUrl: await nobody(), queueItems: 1_000 },
    });
    onTestFinished(() => other.stop());
    const { collectorHttp, collectorMetrics } = other.addresses;
    const args = [
      '--collector',
      collectorHttp,
      '--collector-metrics',
      collectorMetrics,
      '--timeout',
      '1s',
    ];
    const seen = await visit(args);
    expect(seen.ill).toEqual(['arrival: fail']);
    expect(seen.err).toMatch(/^waiting for the point in Prometheus, \d s of 1 s\n$/);
    const flood = Array.from({ length: 950 }, (_, index) =>
      counterMetric({ name: `flood.${index}`, value: 1, temporality: 'cumulative' }),
    );
    await sendMetrics(collectorHttp, flood);
    const full = await visit([...args, '--only', 'collector-queue']);
    expect(full.ill).toEqual(['collector-queue: fail']);
    expect(full.message('collector-queue')).toMatch(/9\d\d of 1000 items wait/);
  });
});

describe('a Prometheus that is set up wrongly', () => {
  test('its OTLP receiver is off', { timeout: BUILD_MS }, async () => {
    const url = await startPrometheus((text) => text, []);
    const seen = await visit(['--prometheus', url]);
    expect(seen.ill).toEqual(expect.arrayContaining(['otlp-receiver: fail', 'arrival: skipped']));
    expect(seen.ill.filter((row) => row.endsWith('fail'))).toEqual(['otlp-receiver: fail']);
  });

  test('no late samples, no promoted attributes, no Alertmanager, a rule that fails', {
    timeout: BUILD_MS,
  }, async () => {
    const rules = join(folder, 'broken-rules');
    mkdirSync(rules);
    const rule = { record: 'broken', expr: 'label_replace(vector(1), "a", "$1", "b", "(")' };
    const group = { name: 'broken', interval: '1s', rules: [rule] };
    writeFileSync(join(rules, 'broken.yaml'), JSON.stringify({ groups: [group] }));
    const url = await startPrometheus(
      () => JSON.stringify({ rule_files: [join(rules, '*.yaml')] }),
      ['--web.enable-otlp-receiver', '--enable-feature=created-timestamp-zero-ingestion'],
    );
    await pollUntil(async () => {
      const answer = await fetch(`${url}/api/v1/rules`);
      return (await answer.text()).includes('"health":"err"');
    });
    const only = 'promoted-attributes,out-of-order,rules,alertmanager-known';
    const seen = await visit(['--prometheus', url, '--rules', rules, '--only', only]);
    expect(seen.ill).toEqual([
      'promoted-attributes: warn',
      'out-of-order: fail',
      'rule-failures: fail',
      'alertmanager-known: fail',
    ]);
    expect(seen.message('rule-failures')).toMatch(/^broken of broken: .*regular expression/);
  });
});

/** What one visit finds beyond an earlier one: these tests share a Prometheus, which forgets nothing. */
const newIn = (after: Visit, before: Visit) => after.ill.filter((row) => !before.ill.includes(row));

describe('what services do to each other', () => {
  const fleet = ['--skip', 'app,collector,grafana'];

  test('more tenants than the budget', async () => {
    const before = await visit(fleet);
    await sendMetrics(stack.addresses.collectorHttp, [
      counterMetric({ name: 'bellwether.tenants.folded', value: 7, temporality: 'cumulative' }),
    ]);
    await has('bellwether_tenants_folded_total > 0');
    const after = await visit(fleet);
    expect(newIn(after, before)).toEqual(['tenant-budget: warn']);
    expect(after.message('tenant-budget')).toBe(
      'in 15 minutes went to __other__: tests/sender: 7 recordings',
    );
  });

  test('one name in two units', async () => {
    const before = await visit(fleet);
    const gauge = (unit: string) => {
      const point = { timeUnixNano: `${Date.now()}000000`, asInt: '1' };
      return { name: 'app.wait', unit, gauge: { dataPoints: [point] } };
    };
    await sendMetrics(stack.addresses.collectorHttp, [gauge('s'), gauge('ms')]);
    await has('app_wait_milliseconds');
    const after = await visit(fleet);
    expect(newIn(after, before)).toEqual(['metric-conflicts: warn']);
    expect(after.message('metric-conflicts')).toMatch(
      /^app_wait is gauge in (milli)?seconds and gauge in/,
    );
  });

  test('a request that Prometheus refuses', async () => {
    const before = await visit(fleet);
    const delta = counterMetric({ name: 'app.delta', value: 1, temporality: 'delta' });
    await sendMetrics(`${stack.addresses.prometheus}/api/v1/otlp`, [delta]).catch(() => {});
    await has('prometheus_http_requests_total{handler="/api/v1/otlp/v1/metrics",code!~"2.."} > 0');
    const after = await visit(fleet);
    expect(newIn(after, before)).toEqual(['refused-writes: warn']);
  });

  test('two replicas with one instance id', async () => {
    const before = await visit(fleet);
    const env = {
      OTEL_RESOURCE_ATTRIBUTES: 'service.instance.id=the-one',
      OTEL_SERVICE_NAME: 'twins',
    };
    startPatient(env);
    startPatient(env);
    await pollUntil(async () => (await visit([...fleet, '--only', 'replicas'])).ill.length > 0, {
      timeoutMs: 60_000,
      everyMs: 200,
    });
    const after = await visit(fleet);
    expect(newIn(after, before)).toEqual(['replicas: fail']);
    expect(after.message('replicas')).toMatch(
      / process \d+ and .* process \d+ of twins have the instance id the-one$/,
    );
  });

  test('a machine whose clock is ahead', async () => {
    const before = await visit(fleet);
    await sendMetrics(stack.addresses.collectorHttp, [
      counterMetric({ name: 'app.ahead', value: 1, temporality: 'cumulative', offsetMs: 240_000 }),
    ]);
    const after = await pollUntil(async () => {
      const seen = await visit(fleet);
      return newIn(seen, before).length > 0 && seen;
    });
    expect(newIn(after, before)).toEqual(['clock-skew: warn']);
    expect(after.message('clock-skew')).toMatch(
      /^tests\/sender sender-1 sends samples of 2\d\d s in the future$/,
    );
  });
});

/** A Prometheus with the stack's configuration, changed, and only these flags. */
async function startPrometheus(change: (config: string) => string, flags: readonly string[]) {
  const { file } = await ensureServer('prometheus');
  const own = mkdtempSync(join(folder, 'prometheus-'));
  const config = join(own, 'prometheus.yaml');
  writeFileSync(
    config,
    change(readFileSync(join(folder, 'stack/prometheus/prometheus.yaml'), 'utf8')),
  );
  const port = await freePort();
  const process = spawn(
    file,
    [
      `--config.file=${config}`,
      `--storage.tsdb.path=${join(own, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
      ...flags,
    ],
    { stdio: 'ignore' },
  );
  onTestFinished(async () => {
    const ended = new Promise((done) => process.once('exit', done));
    if (process.exitCode === null && process.kill('SIGKILL')) await ended;
  });
  const url = `http://127.0.0.1:${port}`;
  await pollUntil(async () => (await fetch(`${url}/-/ready`)).ok, { timeoutMs: 60_000 });
  return url;
}
