import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { pageFiles, readResults } from './results-file.mjs';

const docs = fileURLToPath(new URL('../../docs/', import.meta.url));

test('the committed page and its charts are what the kept results give: npm run bench -- --render', async () => {
  const files = await pageFiles(readResults());
  const charts = readdirSync(`${docs}benchmarks`).filter((name) => name.endsWith('.svg'));
  expect(['benchmarks.md', ...charts.map((name) => `benchmarks/${name}`)].sort()).toEqual(
    Object.keys(files).sort(),
  );
  for (const [path, text] of Object.entries(files))
    expect(readFileSync(`${docs}${path}`, 'utf8')).toBe(text);
});

test('the page links only to charts that are there', async () => {
  const files = await pageFiles(readResults());
  const links = [...files['benchmarks.md'].matchAll(/!\[[^\]]*\]\(([^)]+)\)/g)];
  expect(links.length).toBeGreaterThan(0);
  for (const [, file] of links) expect(files[file]).toMatch(/^<svg /);
});
