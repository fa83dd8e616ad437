import { expect, test } from 'vitest';
import { lastDay } from './last-day.ts';

const dayOf = (now: string) => {
  const { since, until } = lastDay(new Date(now));
  return [since.toISOString(), until.toISOString()];
};

test('whenever the job runs within a night, it is the same day, and no moment is in two', () => {
  const day = ['2026-11-21T00:00:00.000Z', '2026-11-22T00:00:00.000Z'];
  expect(dayOf('2026-11-22T00:00:00Z')).toEqual(day);
  expect(dayOf('2026-11-22T02:05:17.123Z')).toEqual(day);
  expect(dayOf('2026-11-22T01:00:00+02:00')[1]).toBe('2026-11-21T00:00:00.000Z');
  expect(dayOf('2026-11-23T02:00:00Z')[0]).toBe(day[1]);
});

test('the first day of a month and of a year have one before', () => {
  expect(dayOf('2028-03-01T02:00:00Z')[0]).toBe('2028-02-29T00:00:00.000Z');
  expect(dayOf('2027-01-01T02:00:00Z')[0]).toBe('2026-12-31T00:00:00.000Z');
});
