import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readConfig } from './read-config.ts';
import { readStandard } from './read-standard.ts';
import { unusedSettings } from './unused-settings.ts';

const folder = mkdtempSync(join(tmpdir(), 'bellwether-unused-'));
afterAll(() => rmSync(folder, { recursive: true }));

const file = join(folder, 'otel.yaml');
writeFileSync(file, `endpoint: \${OTEL_EXPORTER_OTLP_ENDPOINT:-http://localhost:4318}\n`);

const lines = (env: Readonly<Record<string, string>>) =>
  unusedSettings(readConfig(env).config, readStandard(env).settings);

test('without a file everything counts', () => {
  expect(lines({ OTEL_SERVICE_NAME: 'shop', BELLWETHER_METRICS_PORT: '0' })).toEqual([]);
});

test('what a file does not name is said, in one line', () => {
  const [line, ...others] = lines({
    OTEL_CONFIG_FILE: file,
    OTEL_SERVICE_NAME: 'shop',
    OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318',
    OTEL_NODE_DISABLED_INSTRUMENTATIONS: 'koa',
    OTEL_LOG_LEVEL: 'ERROR',
    BELLWETHER_METRICS_PORT: '9464',
  });
  expect(line).toContain('got BELLWETHER_METRICS_PORT, OTEL_SERVICE_NAME besides');
  expect(others).toEqual([]);
});

test('a file by itself is no matter', () => {
  expect(lines({ OTEL_CONFIG_FILE: file })).toEqual([]);
});

test('a token that no export takes is said', () => {
  const token = { BELLWETHER_OTLP_TOKEN_FILE: '/run/token' };
  for (const env of [{ OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' }, { OTEL_CONFIG_FILE: file }]) {
    expect(lines({ ...token, ...env }).join()).toContain('ERR_OTLP_TOKEN');
  }
  expect(lines(token)).toEqual([]);
});
