import { expect, test } from 'vitest';
import { backoffSeconds } from './backoff.ts';

const pauses = { first: 5, cap: 300 };

test('doubles up to the cap', () => {
  const longest = [1, 2, 3, 6, 7, 8, 5_000].map((n) => backoffSeconds(n, pauses, () => 1));
  expect(longest).toEqual([5, 10, 20, 160, 300, 300, 300]);
});

test('a random half is taken', () => {
  expect(backoffSeconds(2, pauses, () => 0)).toBe(5);
});
