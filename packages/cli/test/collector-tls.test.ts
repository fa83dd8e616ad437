import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  certificateAuthority,
  freePort,
  pollUntil,
  runProgram,
  startOtlpReceiver,
} from '@bellwether/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ensureServer } from '../src/index.ts';
import { stackFiles } from '../src/stack-files.ts';

const folder = mkdtempSync(join(tmpdir(), 'collector-tls-'));
const authority = certificateAuthority(folder);
const collector = authority.issue('collector');
const sender = authority.issue('sender');
const tokens = join(folder, 'tokens');
const ports = { http: 0, grpc: 0, health: 0, metrics: 0 };
const token = (name: string) => join(folder, `${name}.token`);
let running: ChildProcess | undefined;
let log = '';

/** Where what the Collector accepted goes. */
const prometheus = await startOtlpReceiver();

beforeAll(async () => {
  for (const name of ['good', 'bad', 'next']) {
    writeFileSync(token(name), `${name}-tok3n`, { mode: 0o600 });
  }
  writeFileSync(tokens, 'good-tok3n\n');
  for (const name of Object.keys(ports) as (keyof typeof ports)[]) ports[name] = await freePort();
  const { file } = await ensureServer('otelcol');
  const config = stackFiles().collectorConfig;
  const tls = join(dirname(config), 'tls.yaml');
  running = spawn(file, ['--config', config, '--config', tls], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      BELLWETHER_COLLECTOR_QUEUE_DIR: join(folder, 'queue'),
      BELLWETHER_COLLECTOR_HTTP_PORT: String(ports.http),
      BELLWETHER_COLLECTOR_GRPC_PORT: String(ports.grpc),
      BELLWETHER_COLLECTOR_HEALTH_PORT: String(ports.health),
      BELLWETHER_COLLECTOR_METRICS_PORT: String(ports.metrics),
      BELLWETHER_PROMETHEUS_OTLP_URL: `${prometheus.url}/v1/metrics`,
      BELLWETHER_COLLECTOR_TOKENS: tokens,
      BELLWETHER_COLLECTOR_CERT: collector.cert,
      BELLWETHER_COLLECTOR_KEY: collector.key,
      BELLWETHER_COLLECTOR_CLIENT_CA: authority.ca,
    },
  });
  for (const stream of [running.stdout, running.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      log += text;
    });
  }
  await pollUntil(
    async () => (await fetch(`http://127.0.0.1:${ports.health}`).catch(() => undefined))?.ok,
    { timeoutMs: 60_000, message: 'a Collector with TLS' },
  );
}, 600_000);

afterAll(async () => {
  if (running !== undefined && running.exitCode === null) {
    const ended = once(running, 'exit');
    running.kill('SIGKILL');
    await ended;
  }
  await prometheus.close();
  rmSync(folder, { recursive: true, force: true });
});

function send(service: string, tokenFile: string, withCertificate = true) {
  return runProgram({
    file: fileURLToPath(new URL('../../sdk/test/programs/otlp-tls.mjs', import.meta.url)),
    imports: ['@bellwether/sdk/register'],
    cwd: fileURLToPath(new URL('../../sdk', import.meta.url)),
    env: {
      OTEL_SERVICE_NAME: service,
      OTEL_EXPORTER_OTLP_ENDPOINT: `https://127.0.0.1:${ports.http}`,
      OTEL_EXPORTER_OTLP_CERTIFICATE: authority.ca,
      ...(withCertificate && {
        OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE: sender.cert,
        OTEL_EXPORTER_OTLP_CLIENT_KEY: sender.key,
      }),
      BELLWETHER_OTLP_TOKEN_FILE: tokenFile,
      OTEL_METRIC_EXPORT_INTERVAL: '500',
      BELLWETHER_PREAMBLE: 'false',
    },
  });
}

const counted = (service: string) =>
  prometheus.points('beats').find(({ resource }) => resource['service.name'] === service)?.value;

test('with a certificate and a token everything arrives', async () => {
  const program = send('good', token('good'));
  await pollUntil(() => counted('good') !== undefined, { timeoutMs: 60_000 });
  program.kill('SIGUSR2');
  const [, beats] = await program.waitForLine(/^beats (\d+)$/);
  await pollUntil(() => counted('good') === Number(beats), { timeoutMs: 60_000 });
});

test('without a certificate nothing does', async () => {
  const program = send('stranger', token('good'), false);
  await program.waitForLine(/export to .* failed: .* \[ERR_EXPORT\]/);
  expect(counted('stranger')).toBeUndefined();
  expect(program.stderr).not.toContain('tok3n');
});

test('another token becomes good while both run', async () => {
  const program = send('rotated', token('bad'));
  await program.waitForLine(/HTTP 401 Unauthorized; .* does not take our token/);
  expect(counted('rotated')).toBeUndefined();
  writeFileSync(tokens, 'good-tok3n\nnext-tok3n\n');
  writeFileSync(token('bad'), 'next-tok3n');
  await pollUntil(() => counted('rotated') !== undefined, { timeoutMs: 60_000 });
  program.kill('SIGUSR2');
  const [, beats] = await program.waitForLine(/^beats (\d+)$/);
  await pollUntil(() => counted('rotated') === Number(beats), { timeoutMs: 60_000 });
  expect(program.stderr + log).not.toContain('tok3n');
});
