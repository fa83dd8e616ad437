import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ensureServer } from '@bellwether/cli';
import { freePort, pollUntil, runProgram, startOtlpReceiver } from '@bellwether/testkit';
import { expect, onTestFinished, test } from 'vitest';
import { root } from './support/repository.ts';

const run = promisify(execFile);
const WAIT = { timeoutMs: 120_000, everyMs: 100 };

/** Stand-ins for both are the receiver of our tests: it takes OTLP as their intakes do. */
const stores = [
  {
    name: 'loki',
    url: 'BELLWETHER_LOKI_URL',
    env: { BELLWETHER_LOKI_TENANT: 'shop' },
    header: { 'x-scope-orgid': 'shop' },
  },
  {
    name: 'elasticsearch',
    url: 'BELLWETHER_ELASTIC_URL',
    env: { BELLWETHER_ELASTIC_AUTHORIZATION: 'ApiKey of-the-test' },
    header: { authorization: 'ApiKey of-the-test' },
  },
];

test.each(stores)(
  'the Collector takes its file for $name, and hands the records on with trace, span and tenant',
  { timeout: 900_000 },
  async ({ name, url, env, header }) => {
    const { file: otelcol } = await ensureServer('otelcol');
    const store = await startOtlpReceiver();
    const folder = mkdtempSync(join(tmpdir(), 'logs-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const [http, grpc, health, own] = await Promise.all([1, 2, 3, 4].map(() => freePort()));
    const settings = {
      ...env,
      [url]: store.url,
      BELLWETHER_COLLECTOR_QUEUE_DIR: join(folder, 'queue'),
      BELLWETHER_COLLECTOR_HTTP_PORT: String(http),
      BELLWETHER_COLLECTOR_GRPC_PORT: String(grpc),
      BELLWETHER_COLLECTOR_HEALTH_PORT: String(health),
      BELLWETHER_COLLECTOR_METRICS_PORT: String(own),
    };
    const config = ['config.yaml', `logs/${name}.yaml`].flatMap((each) => [
      '--config',
      join(root, 'collector', each),
    ]);
    await run(otelcol, ['validate', ...config], { env: settings });

    const collector = spawn(otelcol, config, { env: settings, stdio: 'ignore' });
    onTestFinished(async () => {
      const ended = new Promise((resolve) => collector.once('close', resolve));
      if (collector.exitCode === null && collector.kill('SIGKILL')) await ended;
    });
    await pollUntil(async () => (await fetch(`http://127.0.0.1:${health}/`)).ok, WAIT);
    const program = runProgram({
      file: 'test/programs/logs.mjs',
      imports: ['@bellwether/sdk/register'],
      cwd: join(root, 'packages/sdk'),
      timeoutMs: 120_000,
      env: {
        LOGGER: 'pino',
        OTEL_SERVICE_NAME: 'logging',
        OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${http}`,
        OTEL_METRICS_EXPORTER: 'none',
      },
    });
    expect(await program.exited, program.stderr).toEqual({ code: 0, signal: null });
    const [record] = await pollUntil(() => {
      const records = store.logs({ 'tenant.id': 'acme' });
      return records.length > 0 && records;
    }, WAIT);
    expect(program.stdout).toContain(
      `"trace_id":"${record?.traceId}","span_id":"${record?.spanId}"`,
    );
    expect(record?.resource['service.name']).toBe('logging');
    expect(store.requests[0]?.headers).toMatchObject(header);
  },
);
