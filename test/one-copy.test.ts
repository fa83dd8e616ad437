import { join } from 'node:path';
import { expect, test } from 'vitest';
import { copiesIn } from './support/copies.ts';
import { root } from './support/repository.ts';

test('there is exactly one copy of every OpenTelemetry package in the lock file', () => {
  const { duplicates, names, exceptions } = copiesIn(join(root, 'package-lock.json'));
  expect(duplicates).toEqual({});
  expect(names).toContain('@opentelemetry/api');
  expect(names.length).toBeGreaterThan(20);
  expect(exceptions).toHaveLength(2);
});

test('the same holds for what is installed', () => {
  const { duplicates } = copiesIn(join(root, 'node_modules/.package-lock.json'));
  expect(duplicates).toEqual({});
});
