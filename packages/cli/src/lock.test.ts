import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { tryLock } from './lock.ts';
import { linuxStat, processIdentity } from './process-identity.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lock-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('a lock is taken once, and again after its release', () => {
  const file = join(folder, 'lock');
  const release = tryLock(file, process.pid);
  expect(tryLock(file, process.pid)).toEqual(processIdentity(process.pid));
  if (typeof release !== 'function') throw new Error('not taken');
  release();
  expect(typeof tryLock(file, process.pid)).toBe('function');
  expect(readdirSync(folder)).toEqual(['lock']);
});

test.each([
  ['of a process that is gone', JSON.stringify({ pid: process.pid, startTime: 'another life' })],
  ['that is no JSON', '{'],
])('a lock %s is taken over', (_, content) => {
  const file = join(folder, 'lock');
  writeFileSync(file, content);
  expect(typeof tryLock(file, process.pid)).toBe('function');
});

test('a program name with brackets and spaces does not shift the fields', () => {
  const stat = `7 (a) S (b c) R ${Array.from({ length: 18 }, (_, i) => i + 4).join(' ')} 987 1`;
  expect(linuxStat(stat)).toEqual(['R', '987']);
});
