import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { snippetProblems } from './support/check-snippets.ts';
import { commandsIn } from './support/commands-in.ts';
import { root, trackedFiles } from './support/repository.ts';

const read = (file: string) => readFileSync(join(root, file), 'utf8');
const pages = trackedFiles()
  .filter((file) => /^(README\.md|docs\/.*\.md|packages\/[^/]+\/README\.md)$/.test(file))
  .filter((file) => !/^docs\/(decisions|runbooks|upstream)\//.test(file))
  .map((path) => ({ path, markdown: read(path) }));
const told = (start: RegExp) =>
  pages.flatMap(({ path, markdown }) => commandsIn(path, markdown, start));

test('every snippet of TypeScript and JavaScript is right by its types', () => {
  expect(snippetProblems(pages)).toEqual([]);
});

test('a snippet that is wrong would be found, with its place', () => {
  const page = (path: string, code: string) => ({
    path,
    markdown: `# X\n\n\`\`\`ts\n${code}\n\`\`\`\n`,
  });
  const problems = snippetProblems([
    page('docs/right.md', "setTenant('acme');"),
    page('docs/wrong.md', 'setTenant(1);'),
    page('docs/unknown.md', "setTennant('acme');"),
  ]);
  expect(problems).toEqual([
    expect.stringMatching(/^docs\/wrong\.md:4 /),
    expect.stringMatching(/^docs\/unknown\.md:4 /),
  ]);
});

test('npm runs only scripts that are there', () => {
  const scriptsOf = (folder: string) =>
    Object.keys(JSON.parse(read(join(folder, 'package.json'))).scripts ?? {});
  const there = new Set(['.', 'examples/shop', 'examples/quickstart'].flatMap(scriptsOf));
  const commands = told(/^npm run\s/).map(({ page, words }) => ({
    page,
    script: words.find((word) => /^[a-z]/.test(word)) ?? '',
  }));
  expect(commands.length).toBeGreaterThan(50);
  expect(commands.filter(({ script }) => !there.has(script))).toEqual([]);
});

test('docker compose is asked about services that are there', () => {
  const services = Object.keys(parse(read('compose.yaml'), { merge: true }).services);
  const wrong = told(/^docker compose\s/)
    .filter(({ page }) => page === 'docs/guides/operations.md')
    .flatMap(({ line, words }) => {
      const [verb = '', ...rest] = words;
      if (!['exec', 'up', 'logs', 'kill', 'stop'].includes(verb)) return [];
      const names = rest.filter((word) => /^[a-z][a-z-]+$/.test(word));
      const asked = verb === 'exec' ? names.slice(0, 1) : names;
      return asked.filter((name) => !services.includes(name)).map((name) => `${line} (${name})`);
    });
  expect(wrong).toEqual([]);
});
