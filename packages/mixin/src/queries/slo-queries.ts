import type { SloLevel, SloWindow } from '../slo/slo-records.ts';
import { sloRecords, TARGET } from '../slo/slo-records.ts';

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

/** Events, or bad ones, of an hour or a day, at the pace of that time. */
export const sloCount = (
  level: SloLevel,
  what: 'events' | 'badEvents',
  over: { readonly hour: true } | { readonly day: string },
): string => {
  const hourly = sloRecords(level)[`${what}OfHour`];
  return 'day' in over ? `avg_over_time(${hourly}[${over.day}]) * 86400` : `${hourly} * 3600`;
};
