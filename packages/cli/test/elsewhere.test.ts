import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { ensureServer, type ServerName } from '../src/index.ts';
import { stackFiles } from '../src/stack-files.ts';

const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), 'elsewhere-'));
const collector = dirname(stackFiles().collectorConfig);
const prometheus = dirname(stackFiles().prometheusConfig);
const BUILD_MS = 600_000;
afterAll(() => rmSync(folder, { recursive: true }));

async function check(name: ServerName, args: readonly string[]): Promise<string> {
  const { file } = await ensureServer(name);
  const token = join(folder, 'token');
  writeFileSync(token, 'not a secret');
  const env = {
    BELLWETHER_COLLECTOR_QUEUE_DIR: join(folder, 'queue'),
    BELLWETHER_VENDOR_TOKEN_FILE: token,
  };
  const { stdout, stderr } = await run(file, [...args], { env });
  return stdout + stderr;
}

const overlays = readdirSync(join(collector, 'elsewhere'));
const pathOf = (overlay: string) => join(collector, 'elsewhere', overlay);

test.each(overlays)(
  'the Collector accepts config.yaml with %s',
  { timeout: BUILD_MS },
  async (overlay) => {
    await check('otelcol', [
      'validate',
      '--config',
      stackFiles().collectorConfig,
      '--config',
      pathOf(overlay),
    ]);
  },
);

test.each(overlays)('%s takes no filter away', (overlay) => {
  const { service } = parse(readFileSync(stackFiles().collectorConfig, 'utf8'));
  const merged = parse(readFileSync(pathOf(overlay), 'utf8')).service?.pipelines?.metrics
    ?.processors;
  const kept = merged ?? service.pipelines.metrics.processors;
  expect(kept.slice(0, 6), overlay).toEqual(service.pipelines.metrics.processors);
});

test('the Collector accepts agent.yaml', { timeout: BUILD_MS }, async () => {
  await check('otelcol', ['validate', '--config', join(collector, 'agent.yaml')]);
});

test('promtool accepts the Prometheus for years', { timeout: BUILD_MS }, async () => {
  expect(await check('promtool', ['check', 'config', join(prometheus, 'year.yaml')])).toContain(
    'SUCCESS',
  );
});

test('promtool accepts the agent of a stack on Thanos, which scrapes what Prometheus scrapes', {
  timeout: BUILD_MS,
}, async () => {
  const file = join(prometheus, 'scrape-only.yaml');
  expect(await check('promtool', ['check', 'config', '--agent', file])).toContain('SUCCESS');
  const jobs = (path: string) =>
    new Map<string, { metric_relabel_configs?: unknown }>(
      parse(readFileSync(path, 'utf8')).scrape_configs.map((job: { job_name: string }) => [
        job.job_name,
        job,
      ]),
    );
  const [here, there] = [jobs(stackFiles().prometheusConfig), jobs(file)];
  for (const [name, job] of here)
    expect(there.get(name)?.metric_relabel_configs, name).toEqual(job.metric_relabel_configs);
  for (const name of here.keys()) expect([...there.keys()]).toContain(name);
});
