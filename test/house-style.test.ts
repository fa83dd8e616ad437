import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { root, trackedFiles } from './support/repository.ts';

const sources = trackedFiles().filter((file) => /\.([cm]?[jt]s)$/.test(file));
const ours = sources.filter((file) => !/(^|\/)(dist|generated)\//.test(file));
const read = (file: string) => readFileSync(join(root, file), 'utf8');

test('a file is named by its concept, in kebab-case', () => {
  const name = /^[a-z0-9]+(-[a-z0-9]+)*(\.(test|test-d|bench|config|d))?\.[cm]?[jt]s$/;
  expect(ours.filter((file) => !name.test(basename(file)))).toEqual([]);
});

test('there are no drawers', () => {
  const drawer = /(^|\/)(utils?|helpers?|commons?|misc|types|shared|lib)(\/|\.[cm]?[jt]s$)/;
  expect(ours.filter((file) => drawer.test(file))).toEqual([]);
});

test('no source file needs scrolling for ever', () => {
  const long = ours
    .map((file) => ({ file, lines: read(file).split('\n').length }))
    .filter(({ lines }) => lines > 400)
    .map(({ file, lines }) => `${file}: ${lines} lines`);
  expect(long).toEqual([]);
});

test('an index names what it exports', () => {
  const indexes = ours.filter((file) => /^packages\/[^/]+\/src\/[^/]+\.ts$/.test(file));
  const open = indexes.filter((file) => /^export \* from/m.test(read(file)));
  expect(open).toEqual([]);
});

test('nothing switches the type checker or a test off', () => {
  const marks = [
    '@ts-' + 'ignore',
    '@ts-' + 'nocheck',
    'test.' + 'only(',
    'describe.' + 'only(',
    'test.' + 'skip(',
  ];
  const found = ours.flatMap((file) =>
    marks.filter((mark) => read(file).includes(mark)).map((mark) => `${file}: ${mark}`),
  );
  expect(found).toEqual([]);
});
