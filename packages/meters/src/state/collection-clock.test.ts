import { expect, test } from 'vitest';
import { tick } from './collection-clock.ts';

const MINUTE = 60_000;

test('two collections of one millisecond have two times', () => {
  const clock = { lastMs: 0 };
  expect([tick(1_000, clock), tick(1_000, clock), tick(1_001, clock), tick(1_500, clock)]).toEqual([
    1_000, 1_001, 1_002, 1_500,
  ]);
});

test('a clock that is set back a little is waited for, in order', () => {
  const clock = { lastMs: 0 };
  const start = 100 * MINUTE;
  tick(start, clock);
  expect([
    tick(start - 4 * MINUTE, clock),
    tick(start - MINUTE, clock),
    tick(start + 5, clock),
  ]).toEqual([start + 1, start + 2, start + 5]);
});

test('a clock that was an hour ahead is followed back at once', () => {
  const clock = { lastMs: 0 };
  const start = 100 * MINUTE;
  tick(start + 60 * MINUTE, clock);
  expect([tick(start, clock), tick(start, clock)]).toEqual([start, start + 1]);
});

test('a clock that is set forward is followed', () => {
  const clock = { lastMs: 0 };
  tick(MINUTE, clock);
  expect(tick(90 * MINUTE, clock)).toBe(90 * MINUTE);
});
