import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ensureServer } from '@bellwether/cli';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { docPages, docSnippets } from './support/doc-pages.ts';
import { root, trackedFiles } from './support/repository.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const runbooks = trackedFiles()
  .filter((file) => /^docs\/runbooks\/.+\.md$/.test(file))
  .map((path) => ({ path, markdown: readFileSync(join(root, path), 'utf8') }));

/** Each line of a block is an expression of its own. */
const queries = docSnippets(/^promql$/, [...docPages, ...runbooks]).flatMap(
  ({ page, line, code }) =>
    code
      .split('\n')
      .map((expr, at) => ({ place: `${page}:${line + at}`, expr }))
      .filter(({ expr }) => expr.trim() !== '' && !expr.trim().startsWith('#')),
);

/** Prometheus reads all of them at once: each as a recording rule in a group that is named after its place. */
async function refused(asked: typeof queries): Promise<string> {
  const promtool = await ensureServer('promtool');
  const file = join(await temporaryFolder('queries'), 'rules.yaml');
  const groups = asked.map(({ place, expr }) => ({
    name: place,
    rules: [{ record: 'asked', expr }],
  }));
  await writeFile(file, stringify({ groups }));
  return promisify(execFile)(promtool.file, ['check', 'rules', '--lint=none', file]).then(
    () => '',
    (error: { readonly stderr: string }) => error.stderr,
  );
}

test('Prometheus can read every query that a page or a runbook shows', async () => {
  expect(queries.length).toBeGreaterThan(200);
  expect(await refused(queries)).toBe('');
});

test('one that it can not read would be found, with its place', async () => {
  const wrong = { place: 'docs/wrong.md:7', expr: 'sum by tenant_id (rate(orders_total[5m]))' };
  expect(await refused([...queries.slice(0, 3), wrong])).toContain('docs/wrong.md:7');
});
