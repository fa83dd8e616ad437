import { expect, test } from 'vitest';
import { absoluteRange, isRange, widerRange, windowOf } from './time-range.ts';

test('a preset moves with the clock, in steps of five seconds', () => {
  expect(windowOf('1h', 1_766_300_003)).toEqual({
    from: 1_766_296_400,
    to: 1_766_300_000,
    isMoving: true,
  });
});

test('an absolute range stands still', () => {
  const text = absoluteRange(1_766_300_000.4, 1_766_303_600.2);
  expect(isRange(text)).toBe(true);
  expect(windowOf(text, 0)).toEqual({ from: 1_766_300_000, to: 1_766_303_601, isMoving: false });
});

test('a range that ends before it begins is none', () => {
  expect(isRange('1766303600-1766300000')).toBe(false);
  expect(isRange('forever')).toBe(false);
});

test('the widest preset has no wider one', () => {
  expect(widerRange('1h')?.id).toBe('6h');
  expect(widerRange('30d')).toBeUndefined();
});
