import { expect, test } from 'vitest';
import { ExponentialSeries } from './exponential-series.ts';

/** More than 16 bits count. */
const MANY = 70_000;

test('a bucket counts on where a narrow count is full', () => {
  const series = new ExponentialSeries(160, 20);
  for (let i = 0; i < MANY; i++) series.record(1.5);
  expect(series.toValue()).toMatchObject({ count: MANY, positive: { bucketCounts: [MANY] } });
});

test('buckets that become one when the scale gets coarser count on too', () => {
  const series = new ExponentialSeries(2, 3);
  for (let i = 0; i < 40_000; i++) {
    series.record(1.05);
    series.record(1.15);
  }
  series.record(1_000);
  const { count, positive } = series.toValue();
  expect(count).toBe(80_001);
  expect(positive.bucketCounts).toEqual([80_000, 1]);
});
