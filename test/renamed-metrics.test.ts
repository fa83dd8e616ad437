import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { ensureServer } from '@bellwether/cli';
import { catalogOf, counter, defineMeters, histogram, type MeterCatalog } from '@bellwether/meters';
import { generateMonitoring } from '@bellwether/mixin';
import { expect, test } from 'vitest';
import { temporaryFolder } from './support/temporary-folder.ts';

const run = promisify(execFile);
const renamedFrom = (name: string) => ({ renamedFrom: { name, since: '1.4' } });
const catalog = catalogOf(
  defineMeters('renamed', {
    orders: counter('shop.orders.placed', { unit: '{order}', ...renamedFrom('shop.orders') }),
    checkout: histogram('shop.checkout.duration', { unit: 's', ...renamedFrom('checkout') }),
  }),
) as MeterCatalog;
const files = (release: string) => generateMonitoring({ catalogs: [catalog], release });
const ALIASES = 'prometheus/rules/renamed-recording.yaml';
const TESTS = 'prometheus/rule-tests/renamed.yaml';

test('dashboards of before go on for one release: promtool evaluates the old names', async () => {
  const { file: promtool } = await ensureServer('promtool');
  const folder = await temporaryFolder('renamed');
  for (const { path, text } of files('1.4.2')) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  await run(promtool, ['check', 'rules', '--lint=all', '--lint-fatal', ALIASES], { cwd: folder });
  expect(readFileSync(join(folder, TESTS), 'utf8').match(/eval_time/g)).toHaveLength(8);
  const { stdout, stderr } = await run(promtool, ['test', 'rules', TESTS], { cwd: folder });
  expect(stdout + stderr).toContain('SUCCESS');
});

test('the next release has neither the aliases nor their tests', () => {
  const paths = files('1.5.0').map(({ path }) => path);
  expect(paths).not.toContain(ALIASES);
  expect(paths).not.toContain(TESTS);
});
