import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { ensureServer, type ServerName } from '../src/index.ts';
import { stackFiles } from '../src/stack-files.ts';

const run = promisify(execFile);
const check = async (name: ServerName, args: readonly string[], env = {}) => {
  const { file } = await ensureServer(name);
  const { stdout, stderr } = await run(file, [...args], { env });
  return stdout + stderr;
};
const BUILD_MS = 600_000;

test('promtool accepts the committed prometheus.yaml', { timeout: BUILD_MS }, async () => {
  expect(await check('promtool', ['check', 'config', stackFiles().prometheusConfig])).toContain(
    'SUCCESS',
  );
});

test('amtool accepts the committed alertmanager.yaml', { timeout: BUILD_MS }, async () => {
  expect(await check('amtool', ['check-config', stackFiles().alertmanagerConfig])).toContain(
    'SUCCESS',
  );
});

test('the Collector accepts its config.yaml', { timeout: BUILD_MS }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'collector-'));
  try {
    const queue = { BELLWETHER_COLLECTOR_QUEUE_DIR: join(folder, 'queue') };
    await check('otelcol', ['validate', '--config', stackFiles().collectorConfig], queue);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test.each(['loki', 'elasticsearch'])(
  'the Collector accepts its config.yaml with logs/%s.yaml',
  { timeout: BUILD_MS },
  async (store) => {
    const folder = mkdtempSync(join(tmpdir(), 'collector-'));
    try {
      const { collectorConfig } = stackFiles();
      const logs = join(dirname(collectorConfig), 'logs', `${store}.yaml`);
      const queue = { BELLWETHER_COLLECTOR_QUEUE_DIR: join(folder, 'queue') };
      await check('otelcol', ['validate', '--config', collectorConfig, '--config', logs], queue);
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
);
