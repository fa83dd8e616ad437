import { expect, test } from 'vitest';
import { type Retention, toRemove } from './retention.ts';

const DAY = 86_400_000;
const newest = Date.UTC(2026, 10, 21, 2, 15);
/** One a night for a year. */
const nightly = Array.from({ length: 365 }, (_, day) => ({ at: new Date(newest - day * DAY) }));
const kept = (retention: Retention, backups = nightly) => {
  const gone = new Set(toRemove(backups, retention));
  return backups
    .filter((backup) => !gone.has(backup))
    .map(({ at }) => at.toISOString().slice(0, 10));
};

test('nothing asked, nothing removed', () => expect(kept({})).toHaveLength(365));

test('the newest so many', () =>
  expect(kept({ last: 3 })).toEqual(['2026-11-21', '2026-11-20', '2026-11-19']));

test('days, weeks and months, each by its newest', () =>
  expect(kept({ daily: 3, weekly: 3, monthly: 3 })).toEqual([
    '2026-11-21',
    '2026-11-20',
    '2026-11-19',
    '2026-11-15',
    '2026-11-08',
    '2026-10-31',
    '2026-09-30',
  ]));

test('days without a backup do not count', () => {
  const sparse = nightly.filter((_, day) => day % 10 === 0);
  expect(kept({ daily: 3 }, sparse)).toEqual(['2026-11-21', '2026-11-11', '2026-11-01']);
});

test('two of one day: the later stays', () => {
  const twice = [...nightly.slice(0, 2), { at: new Date(newest - 3_600_000) }];
  expect(toRemove(twice, { daily: 7 })).toEqual([{ at: new Date(newest - 3_600_000) }]);
});

test('the newest always stays', () => expect(kept({ monthly: 1 })).toEqual(['2026-11-21']));
