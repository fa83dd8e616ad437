import { expect, test } from 'vitest';
import { durationSeconds, scaledDuration } from './duration.ts';

test.each([
  ['5m', 300],
  ['1h30m', 5_400],
  ['30d', 2_592_000],
  ['500ms', 0.5],
  ['1m500ms', 60.5],
  ['0s', 0],
])('%s is %d seconds', (duration, seconds) => {
  expect(durationSeconds(duration)).toBe(seconds);
});

test.each(['', '5', 'm', '5 m', '1.5h', '30m1h', '-5m'])('%j is no duration', (duration) => {
  expect(() => durationSeconds(duration)).toThrow(RangeError);
});

test.each([
  ['5m', 1, '5m'],
  ['90m', 1, '90m'],
  ['5m', 20, '15s'],
  ['1h', 60, '1m'],
  ['30d', 60, '12h'],
  ['1m', 7, '9s'],
  ['30s', 60, '1s'],
  ['0s', 60, '0s'],
])('%s at %d times the speed is %s', (duration, timeScale, expected) => {
  expect(scaledDuration(duration, timeScale)).toBe(expected);
});
