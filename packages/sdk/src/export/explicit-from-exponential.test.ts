import { expect, test } from 'vitest';
import { explicitFromExponential } from './explicit-from-exponential.ts';

test('buckets keep their counts and upper bounds', () => {
  const histogram = explicitFromExponential({
    count: 6,
    sum: 20,
    scale: 0,
    zeroCount: 1,
    positive: { offset: 1, bucketCounts: [2, 0, 3] },
    negative: { offset: 0, bucketCounts: [] },
  });
  expect(histogram).toEqual({
    buckets: { boundaries: [0, 4, 8, 16], counts: [1, 2, 0, 3, 0] },
    count: 6,
    sum: 20,
  });
});
