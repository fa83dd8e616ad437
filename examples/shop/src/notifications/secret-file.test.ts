import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openSecretFile } from './secret-file.ts';

let folder: string;
let file: string;
let time = 0;
const now = () => time;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'secret-'));
  file = join(folder, 'secret');
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('a rotated secret is read after a second', () => {
  writeFileSync(file, 'one\n');
  const secret = openSecretFile(file, { now });
  writeFileSync(file, 'two\r\n\none\n');
  expect(secret.lines()).toEqual(['one']);
  time += 1_000;
  expect(secret.lines()).toEqual(['two', 'one']);
  expect(secret.value()).toBe('two');
});

test('while the file is away or empty, what was known stays good', () => {
  writeFileSync(file, 'one');
  const secret = openSecretFile(file, { now });
  rmSync(file);
  time += 1_000;
  expect(secret.value()).toBe('one');
  writeFileSync(file, '');
  time += 1_000;
  expect(secret.value()).toBe('one');
});

test('at start it must be there', () => {
  expect(() => openSecretFile(file)).toThrow(/to be readable, got ENOENT/);
  writeFileSync(file, ' \n');
  expect(() => openSecretFile(file)).toThrow(/got an empty file/);
});
