import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ensureServer } from '@bellwether/cli';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { parseChannelPlan } from '../examples/shop/src/notifications/channel-plan.ts';
import { parseExpectedEmpty } from '../packages/cli/src/verify/expected-empty.ts';
import { docSnippets, type PageSnippet } from './support/doc-pages.ts';
import { chart, helm } from './support/helm-chart.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

/** Whoever reads such a file for real, by how the file begins. Throws what is wrong with it. */
const READERS: readonly (readonly [RegExp, (snippet: PageSnippet) => Promise<void> | void])[] = [
  [/^route:/m, ({ code }) => asked('amtool', 'check-config', code)],
  [
    /^(storage|scrape_configs):/m,
    ({ code }) => asked('promtool', 'check config --syntax-only', code),
  ],
  [/^- \{ (dashboard|alert|rule):/, ({ page, code }) => void parseExpectedEmpty(page, code)],
  [/^apps:/, ({ code }) => rendered(code)],
  [/"channels":/, ({ code }) => withSecrets(code)],
  // A line of a log: it is one JSON object.
  [/^\{"level":/, ({ code }) => void JSON.parse(code)],
];

const snippets = docSnippets(/^(yaml|json)$/);

test.each(snippets.filter(({ isFragment }) => !isFragment))(
  '$page:$line is what its reader takes',
  async (snippet) => {
    const [, read] = READERS.find(([start]) => start.test(snippet.code)) ?? [];
    expect(read, 'a reader in this file, or `fragment` on its fence').toBeDefined();
    await read?.(snippet);
  },
);

test('a fragment is YAML or JSON at least', () => {
  const fragments = snippets.filter(({ isFragment }) => isFragment);
  expect(fragments.length).toBeLessThanOrEqual(3);
  for (const { code } of fragments) expect(parse(code)).toEqual(expect.anything());
});

async function asked(tool: 'amtool' | 'promtool', command: string, text: string): Promise<void> {
  const file = await written('config.yaml', text);
  await promisify(execFile)((await ensureServer(tool)).file, [...command.split(' '), file]);
}

async function rendered(values: string): Promise<void> {
  await helm('template', 'bellwether', chart, '--values', await written('values.yaml', values));
}

async function withSecrets(text: string): Promise<void> {
  parseChannelPlan(JSON.parse(text), await temporaryFolder('plan'));
}

async function written(name: string, text: string): Promise<string> {
  const folder = await temporaryFolder('data');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, name), text);
  return join(folder, name);
}
