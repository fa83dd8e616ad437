import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { anchors } from './support/markdown.ts';
import { root } from './support/repository.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

// The site is built by `npm run docs`, which installs what it needs. This is what can go wrong without it.
const load = async (name: string) => import(join(root, 'docs-site', name));

test('every page finds its place on the site, and every link what it leads to', async () => {
  const { assemble } = await load('assemble.mjs');
  const { sidebar } = await load('sidebar.mjs');
  const content = await temporaryFolder('site');
  expect(assemble(root, content)).toBeGreaterThan(100);
  expect(existsSync(join(content, 'index.md'))).toBe(true);
  expect(readFileSync(join(content, 'guides/sdk.md'), 'utf8')).toMatch(/^# @bellwether\/sdk/);

  const groups = sidebar(content) as readonly {
    readonly text: string;
    readonly items: readonly { readonly text: string; readonly link: string }[];
  }[];
  const shown = groups.flatMap(({ items }) => items.map(({ link }) => link));
  for (const guide of readdirSync(join(root, 'docs/guides')))
    expect(shown).toContain(`/guides/${guide.replace('.md', '')}`);
});

test('links get another target, code stays as it is', async () => {
  const { withLinks } = await load('assemble.mjs');
  const to = (link: string) => (link === 'gone' ? undefined : `new/${link}`);
  expect(withLinks('a [`b`](c.md#d) `[e](f)` [g](https://h) ![i](j.png) [k](gone)', to)).toBe(
    'a [`b`](new/c.md#d) `[e](f)` [g](https://h) ![i](new/j.png) k',
  );
  const block = '```sh\n[a](b)\n```';
  expect(withLinks(`[a](b)\n\n${block}\n\n[c](d)`, to)).toBe(
    `[a](new/b)\n\n${block}\n\n[c](new/d)`,
  );
});

test('anchors are those of GitHub, which the links of pages name', async () => {
  const { slug } = await load('slug.mjs');
  for (const heading of ['Inside the app, at /grafana/', 'What `x` says', 'Größe & Zahl', 'A  b'])
    expect(slug(heading.replaceAll('`', ''))).toBe([...anchors(`# ${heading}`)][0]);
});
