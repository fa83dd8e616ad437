import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, type OtlpReceiver, startOtlpReceiver } from '@bellwether/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { completeWithSdk, runWithSdk } from './run-with-sdk.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bellwether-config-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function configFor(url: string): Promise<string> {
  const exporter = (signal: string) => `
          otlp_http:
            endpoint: ${url}/v1/${signal}`;
  const path = join(folder, `${Math.random()}.yaml`);
  await writeFile(
    path,
    `file_format: "1.0"
resource:
  attributes:
    - name: service.name
      value: from-file
propagator:
  composite:
    - tracecontext:
tracer_provider:
  processors:
    - batch:
        exporter:${exporter('traces')}
meter_provider:
  readers:
    - periodic:
        exporter:${exporter('metrics')}
logger_provider:
  processors:
    - batch:
        exporter:${exporter('logs')}
`,
  );
  return path;
}

const env = (path: string) => ({
  OTEL_CONFIG_FILE: path,
  OTEL_EXPORTER_OTLP_ENDPOINT: undefined,
  OTEL_SERVICE_NAME: undefined,
  OTEL_METRIC_EXPORT_INTERVAL: undefined,
});

test('the file decides, the tenant is everywhere', async () => {
  const receiver: OtlpReceiver = await startOtlpReceiver();
  const program = await completeWithSdk(receiver, {
    file: 'sdk-config-file.mjs',
    env: env(await configFor(receiver.url)),
  });
  expect(program.stderr).toBe('');
  expect(receiver.points('file.work')).toMatchObject([
    { value: 2, attributes: { 'tenant.id': 'acme' }, resource: { 'service.name': 'from-file' } },
  ]);
  expect(receiver.points('file.plain')).toHaveLength(1);
  expect(receiver.points('nodejs.eventloop.utilization')).toHaveLength(1);
  const spans = receiver.spans();
  expect(spans.map(({ name, attributes }) => [name, attributes['tenant.id']])).toEqual([
    ['inner', 'acme'],
    ['outer', 'acme'],
  ]);
  expect(spans[0]?.parentSpanId).toBe(spans[1]?.spanId);
  const [record] = receiver.logs();
  expect(record?.attributes).toMatchObject({
    'tenant.id': 'acme',
    at: '1970-01-01T00:00:00.000Z',
    'exception.message': 'password=REDACTED',
  });
});

test('what the file leaves without effect is said, each in one line', async () => {
  const receiver = await startOtlpReceiver();
  const program = await completeWithSdk(receiver, {
    file: 'sdk-config-file.mjs',
    env: {
      ...env(await configFor(receiver.url)),
      OTEL_SERVICE_NAME: 'from-variable',
      BELLWETHER_METRICS_PORT: '0',
      BELLWETHER_PREAMBLE: 'true',
      REGISTRIES: '2',
    },
  });
  const [settings, preamble, registries, ...others] = program.stderr.trim().split('\n');
  expect(settings).toContain('got BELLWETHER_METRICS_PORT, OTEL_SERVICE_NAME besides');
  expect(JSON.parse(preamble ?? '')).toMatchObject({ resource: {} });
  expect(registries).toContain('registries of prom-client to be exported without OTEL_CONFIG_FILE');
  expect(others).toEqual([]);
  expect(receiver.points('file.work')).toMatchObject([
    { resource: { 'service.name': 'from-file' } },
  ]);
  expect(receiver.points('registered')).toEqual([]);
});

test('a Collector that is down is waited for no longer than the deadline', async () => {
  const receiver = await startOtlpReceiver();
  const program = runWithSdk(receiver, {
    file: 'sdk-config-file.mjs',
    env: {
      ...env(await configFor(`http://127.0.0.1:${await freePort()}`)),
      BELLWETHER_FLUSH_TIMEOUT: '500',
    },
  });
  await program.waitForLine(/worked/);
  const begin = performance.now();
  expect((await program.exited).code).toBe(0);
  // Upstream's own end takes about nine seconds then.
  expect(performance.now() - begin).toBeLessThan(6_000);
});

test('a file that is not there starts nothing and stops nothing', async () => {
  const receiver = await startOtlpReceiver();
  const program = await completeWithSdk(receiver, {
    file: 'sdk-config-file.mjs',
    env: env(join(folder, 'missing.yaml')),
  });
  expect(program.stderr).toContain('missing.yaml');
  expect(receiver.requests).toEqual([]);
});
