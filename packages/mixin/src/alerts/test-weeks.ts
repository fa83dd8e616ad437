import type { AlertTest } from './alert.ts';
import { answers } from './test-histograms.ts';

/** What a counter counts in half an hour, for each week; `undefined`: the series is gone. */
export type Weeks = readonly (number | undefined)[];

/** Hours are compared, so two samples in an hour are enough. */
const INTERVAL = '30m';
const SAMPLES_OF_DAY = 48;
/** Rules are evaluated once a day: four weeks of minutes would take minutes. */
const EVALUATED = '1d';
/** One looks when the last week is two days old: on the first an alert is pending, on the second it fires. */
const DAYS_OF_LAST = 2;

/** Counters over equally many weeks, the last of which has just begun: for alerts about what is usual. */
export function weeks(
  counters: Readonly<Record<string, Weeks>>,
): Pick<AlertTest, 'interval' | 'evaluated' | 'series' | 'at'> {
  const before = Math.max(...Object.values(counters).map((row) => row.length)) - 1;
  return {
    interval: INTERVAL,
    evaluated: EVALUATED,
    series: Object.fromEntries(
      Object.entries(counters).map(([series, row]) => [series, valuesOf(row)]),
    ),
    at: `${7 * before + DAYS_OF_LAST}d`,
  };
}

/** promtool's notation: each week goes on where the one before ended. */
function valuesOf(row: Weeks): string {
  let value = 0;
  return row
    .map((step, week) => {
      const days = week === row.length - 1 ? DAYS_OF_LAST : 7;
      const more = days * SAMPLES_OF_DAY - (week === row.length - 1 ? 0 : 1);
      if (step === undefined) return `_x${more + 1}`;
      const text = `${value}+${step}x${more}`;
      value += step * (more + 1);
      return text;
    })
    .join(' ');
}

/** Requests that one replica answered. */
export const answered = (row: Weeks, labels: Readonly<Record<string, string>> = {}) =>
  Object.fromEntries(
    Object.keys(answers({ 200: '' }, labels)).map((series) => [series, row] as const),
  );
