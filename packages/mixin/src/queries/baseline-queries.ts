import { sumBy } from '../query/promql.ts';
import type { Baseline } from '../rules/baselines.ts';
import { baselineThresholds } from '../thresholds/baseline-thresholds.ts';

type List = readonly string[];

const { warning: beyond } = baselineThresholds.distance;
const matching = (record: string, matchers: List): string =>
  matchers.length === 0 ? record : `${record}{${matchers.join(',')}}`;

/** The last hour. */
export const lastHour = ({ record, matchers, by }: Baseline, more: List = []): string =>
  sumBy(by, matching(record, [...matchers, ...more]));

/** What is usual at this hour. */
export const usual = ({ median }: Baseline, matchers: List = []): string =>
  matching(median, matchers);

/** The last hour, zero where there usually is something. */
const orNone = (baseline: Baseline, matchers: List): string =>
  `(${lastHour(baseline, matchers)} or 0 * ${usual(baseline, matchers)})`;

/** The last hour as a share of what is usual; nothing where less than `least` is. */
export const shareOfUsual = (baseline: Baseline, least: number): string =>
  `${orNone(baseline, [])} / (${usual(baseline)} >= ${least})`;

/** How many spreads the last hour is above what is usual, or below it. */
export const distance = (baseline: Baseline, matchers: List = []): string =>
  `(${orNone(baseline, matchers)} - ${usual(baseline, matchers)}) / (${matching(baseline.spread, matchers)} > 0)`;

/** The band of one baseline each. */
export const atLeast = (baseline: Baseline, matchers: List = []): string =>
  `clamp_min(${usual(baseline, matchers)} - ${beyond} * ${matching(baseline.spread, matchers)}, 0)`;
export const atMost = (baseline: Baseline, matchers: List = []): string =>
  `${usual(baseline, matchers)} + ${beyond} * ${matching(baseline.spread, matchers)}`;

/**
 * Several baselines as one: what is counted adds up, and so do the squares of spreads that do not depend on each other. Who has no baseline
 * yet is left out of the last hour too.
 */
export const together = (baseline: Baseline, matchers: List) => {
  const middle = sumBy([], usual(baseline, matchers));
  const width = `${beyond} * sqrt(${sumBy([], `${matching(baseline.spread, matchers)} ^ 2`)})`;
  return {
    now: sumBy([], `${orNone(baseline, matchers)} and ${usual(baseline, matchers)}`),
    usual: middle,
    least: `clamp_min(${middle} - ${width}, 0)`,
    most: `${middle} + ${width}`,
  };
};
