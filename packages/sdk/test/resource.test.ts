import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runProgram, startOtlpReceiver } from '@bellwether/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const register = import.meta.resolve('@bellwether/sdk/register');

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bellwether-resource-'));
  await mkdir(join(folder, 'src'));
  await writeFile(join(folder, 'package.json'), '{"name":"@acme/shop","version":"4.5.6"}');
  await writeFile(join(folder, 'src', 'app.mjs'), 'export {};');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function resourceWith(env: Record<string, string>) {
  const receiver = await startOtlpReceiver();
  const program = runProgram({
    file: join(folder, 'src', 'app.mjs'),
    imports: [register],
    env: {
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
      BELLWETHER_PREAMBLE: 'false',
      OTEL_SERVICE_NAME: undefined,
      ...env,
    },
  });
  expect(await program.exited, program.stderr).toEqual({ code: 0, signal: null });
  return receiver.metrics()[0]?.resource ?? {};
}

test('the package names the service, and every instance has an id', async () => {
  const first = await resourceWith({});
  expect(first).toMatchObject({
    'service.name': '@acme/shop',
    'service.version': '4.5.6',
    'service.instance.id': expect.stringMatching(UUID),
    'telemetry.distro.name': '@bellwether/sdk',
    'telemetry.sdk.name': 'opentelemetry',
    'process.pid': expect.any(Number),
    'host.name': expect.any(String),
    'os.type': 'linux',
  });
  const second = await resourceWith({});
  expect(second['service.instance.id']).not.toBe(first['service.instance.id']);
});

test('the name of the service is no detector', async () => {
  for (const detectors of ['none', 'process']) {
    const attributes = await resourceWith({
      OTEL_SERVICE_NAME: 'orders',
      OTEL_NODE_RESOURCE_DETECTORS: detectors,
    });
    expect(attributes['service.name']).toBe('orders');
    expect(attributes).not.toHaveProperty('host.name');
  }
});

test('the standard variables win', async () => {
  const attributes = await resourceWith({
    OTEL_SERVICE_NAME: 'orders',
    OTEL_RESOURCE_ATTRIBUTES: 'service.version=9,service.instance.id=pod-1,team=core',
  });
  expect(attributes).toMatchObject({
    'service.name': 'orders',
    'service.version': '9',
    'service.instance.id': 'pod-1',
    team: 'core',
  });
});
