import type { ResolvedSpec } from '../monitoring-spec.ts';
import type { SloLevel, SloWindow } from '../slo/slo-records.ts';
import { sloIntervals, sloRecords, TARGET } from '../slo/slo-records.ts';
import { durationSeconds } from '../spec/duration.ts';

const matching = (series: string, matchers: readonly string[]) =>
  matchers.length === 0 ? series : `${series}{${matchers.join(',')}}`;

/** Share of bad events over a window, 0 to 1, for each promise. */
export const sloErrorRatio = (
  level: SloLevel,
  window: SloWindow,
  matchers: readonly string[] = [],
): string => matching(sloRecords(level).errorRatio(window), matchers);

/** How many times faster than allowed the budget is spent; 1 spends all of it in 30 days. */
export const burnRate = (
  level: SloLevel,
  window: SloWindow,
  matchers: readonly string[] = [],
): string => `${sloErrorRatio(level, window, matchers)} / on (slo) group_left () (1 - ${TARGET})`;

/** Whether the budget is spent `factor` times faster than allowed; keeps the share of bad events as its value. */
export const burnsFaster = (
  level: SloLevel,
  window: SloWindow,
  factor: number,
  matchers: readonly string[] = [],
): string =>
  `${sloErrorRatio(level, window, matchers)} > on (slo) group_left () (${factor} * (1 - ${TARGET}))`;

/** Share of the error budget of 30 days that is left; below 0 when the promise is broken. */
export const errorBudgetLeft = (level: SloLevel, matchers: readonly string[] = []): string =>
  matching(sloRecords(level).errorBudgetLeft, matchers);

/** What was promised, 0 to 1, for each `slo`. */
export const sloTarget = (matchers: readonly string[] = []): string => matching(TARGET, matchers);

/** Events a second that a promise is about. */
export const sloEvents = (level: SloLevel, matchers: readonly string[] = []): string =>
  matching(sloRecords(level).events, matchers);

/** How many events, or bad ones, there were within the last hour or day. */
export function sloCount(
  { time }: Pick<ResolvedSpec, 'time'>,
  level: SloLevel,
  what: 'events' | 'badEvents',
  within: 'hour' | 'day',
): string {
  const hourly = sloRecords(level)[`${what}OfHour`];
  if (within === 'hour') return `${hourly} * 3600`;
  const day = time('1d');
  const samples = durationSeconds(day) / durationSeconds(time(sloIntervals.longWindows));
  return `sum_over_time(${hourly}[${day}]) / ${samples} * 86400`;
}
