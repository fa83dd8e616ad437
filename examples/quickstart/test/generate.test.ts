import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { ensureServer } from '@bellwether/cli';
import { afterAll, beforeAll, expect, test } from 'vitest';

const run = promisify(execFile);
const quickstart = fileURLToPath(new URL('..', import.meta.url));
const bellwether = fileURLToPath(new URL('../../../node_modules/.bin/bellwether', import.meta.url));
const out = mkdtempSync(join(tmpdir(), 'quickstart-'));
afterAll(() => rmSync(out, { recursive: true }));

const filesIn = (folder: string) =>
  readdirSync(join(out, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.\w+$/.test(file))
    .map((file) => join(out, folder, file));
const promtool = async (...args: readonly string[]) =>
  run((await ensureServer('promtool')).file, args).then(({ stdout, stderr }) => stdout + stderr);

beforeAll(async () => {
  const args = ['generate', '--catalog', './meters.js', '--out', out];
  await run(process.execPath, [bellwether, ...args], { cwd: quickstart });
});

test('promtool accepts the rules', { timeout: 600_000 }, async () => {
  const said = await promtool('check', 'rules', '--lint-fatal', ...filesIn('prometheus/rules'));
  expect(said).toMatch(/SUCCESS: [1-9]\d* rules found/);
});

test('every alert passes its unit tests', { timeout: 600_000 }, async () => {
  const tests = filesIn('prometheus/rule-tests');
  expect(tests.length).toBeGreaterThan(0);
  expect(await promtool('test', 'rules', ...tests)).toContain('SUCCESS');
});

test('the meter of the catalog is on a dashboard and in the reference', () => {
  const dashboards = filesIn('grafana/dashboards').map((file) => readFileSync(file, 'utf8'));
  expect(dashboards.filter((text) => text.includes('quickstart_orders_total'))).not.toEqual([]);
  const reference = readFileSync(join(out, 'docs/reference/metrics.md'), 'utf8');
  expect(reference).toContain('quickstart_orders_total');
});
