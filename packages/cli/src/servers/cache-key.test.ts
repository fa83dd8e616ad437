import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { cacheKey } from './cache-key.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cache-key-'));
  writeFileSync(join(folder, 'go.mod'), 'module a');
  writeFileSync(join(folder, 'go.sum'), 'sum');
  writeFileSync(join(folder, 'main.go'), 'package main');
});
afterEach(() => rmSync(folder, { recursive: true }));

const key = (change = {}) =>
  cacheKey({
    folder,
    package: '.',
    flags: ['-trimpath'],
    goVersion: 'go1.26.8 linux/amd64',
    ...change,
  });

test('the same input has the same key', () => expect(key()).toBe(key()));

test.each(['go.mod', 'go.sum', 'main.go', 'other.go'])('a change of %s changes it', (file) => {
  const before = key();
  writeFileSync(join(folder, file), 'changed');
  expect(key()).not.toBe(before);
});

test.each([
  { package: './other' },
  { flags: ['-trimpath', '-s'] },
  { goVersion: 'go1.26.9 linux/amd64' },
])('%j changes it', (change) => expect(key(change)).not.toBe(key()));

test('a file that is not built from changes nothing', () => {
  const before = key();
  writeFileSync(join(folder, 'builder.yaml'), 'dist: {}');
  expect(key()).toBe(before);
});
