import { expect, test } from 'vitest';
import { medianOf } from './median.mjs';

test('the middle of an odd number of values, and the whole spread as a share of it', () => {
  expect(medianOf([30, 10, 20])).toEqual({ median: 20, spread: 1 });
});

test('between the two in the middle of an even number', () => {
  expect(medianOf([1, 9, 3, 5])).toEqual({ median: 4, spread: 2 });
});
