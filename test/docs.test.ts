import { existsSync, readFileSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { anchors, relativeLinks } from './support/markdown.ts';
import { publicPackages, root, trackedFiles } from './support/repository.ts';

const read = (file: string) => readFileSync(join(root, file), 'utf8');
const tracked = trackedFiles();
const pages = tracked.filter((file) => file.endsWith('.md'));

test.each(pages)('every link in %s leads somewhere', (page) => {
  const broken = relativeLinks(read(page)).filter((link) => {
    const [path = '', anchor] = decodeURI(link).split('#');
    const file = path === '' ? page : path.startsWith('/') ? path : join(dirname(page), path);
    if (!existsSync(join(root, file))) return true;
    if (anchor === undefined || statSync(join(root, file)).isDirectory()) return false;
    return file.endsWith('.md') && !anchors(read(file)).has(anchor);
  });
  expect(broken).toEqual([]);
});

test('every page below docs/ can be reached from its map', () => {
  const reached = new Set(['docs/README.md']);
  for (const page of reached) {
    for (const link of relativeLinks(read(page))) {
      const target = join(dirname(page), link.split('#')[0] ?? '').replace(/\/$/, '');
      if (existsSync(join(root, target)) && statSync(join(root, target)).isDirectory()) {
        for (const file of pages) if (dirname(file) === target) reached.add(file);
      } else if (pages.includes(target)) reached.add(target);
    }
  }
  const orphans = pages.filter((file) => file.startsWith('docs/') && !reached.has(file));
  expect(orphans).toEqual([]);
});

test('no file names a path of the machine it was written on', () => {
  const homes = ['work', 'root', 'home/[a-z][a-z0-9-]*', 'Users/[A-Za-z][A-Za-z0-9-]*'];
  const fixed = new RegExp(`(?<![\\w.~$})/-])/(?:${homes.join('|')})/[\\w.-]`);
  const here = [root, homedir()].filter((path) => path.split('/').length > 2);
  const found = tracked
    .filter((file) => /\.(md|[cm]?[jt]s|json|ya?ml|sh|go|mod|toml|tmpl|prisma|sql)$/.test(file))
    .flatMap((file) =>
      read(file)
        .split('\n')
        .map((line, index) => ({ line, place: `${file}:${index + 1}` })),
    )
    .filter(({ line }) => fixed.test(line) || here.some((path) => line.includes(`${path}/`)))
    .map(({ line, place }) => `${place} ${line.trim().slice(0, 120)}`);
  expect(found).toEqual([]);
});

describe.each(publicPackages())('$name', ({ name, folder, version }) => {
  test('has its next or last change told by a changeset or a changelog', () => {
    const changesets = tracked
      .filter((file) => /^\.changeset\/.+\.md$/.test(file) && !file.endsWith('README.md'))
      .some((file) => new RegExp(`^['"]?${name}['"]?: (major|minor|patch)$`, 'm').test(read(file)));
    const changelog = join(folder, 'CHANGELOG.md');
    const released = existsSync(join(root, changelog)) && read(changelog).includes(`## ${version}`);
    expect(changesets || released).toBe(true);
  });
});
