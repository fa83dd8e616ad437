import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { stackFiles } from '../stack-files.ts';
import { buildFlags, SERVER_TABLE, type ServerRow } from './server-table.ts';

const rows: readonly ServerRow[] = SERVER_TABLE;

test.each(rows)(
  '$name $version is what its go.mod requires',
  ({ folder, package: name, version }) => {
    const goMod = readFileSync(join(stackFiles().tools, folder, 'go.mod'), 'utf8');
    if (name === '.') {
      const builder = readFileSync(join(stackFiles().tools, folder, 'builder.yaml'), 'utf8');
      expect(builder).toContain(`version: ${version}`);
      return;
    }
    expect(goMod).toContain(`${name}\n`);
    // The module that the package is in: the longest path that its own begins with.
    const [required] = [...goMod.matchAll(/^(?:require )?\s*(\S+) v(\S+?)(?: \/\/ indirect)?$/gm)]
      .filter(([, module = '']) => name === module || name.startsWith(`${module}/`))
      .sort(([, a = ''], [, b = '']) => b.length - a.length)
      .map(([, , found]) => found);
    // Prometheus 3.15.0 is the Go module v0.315.0.
    const [major, minor, patch] = version.split('.');
    expect([version, `0.${major}${minor}.${patch}`]).toContain(required);
  },
);

test('names and variables are distinct', () => {
  expect(new Set(rows.map(({ name }) => name)).size).toBe(rows.length);
  expect(new Set(rows.map(({ variable }) => variable)).size).toBe(rows.length);
});

test.each(rows)('$name is built from committed sums without local paths', (row) => {
  expect(buildFlags(row)).toEqual(expect.arrayContaining(['-trimpath', '-mod=readonly']));
});
