import type { ResolvedSpec } from '../monitoring-spec.ts';
import { sumBy } from '../query/promql.ts';
import { BASELINE_WEEKS, baselineThresholds } from '../thresholds/baseline-thresholds.ts';
import { type Baseline, baselinesOf } from './baselines.ts';
import type { RecordingRule, RuleGroup } from './recording-rule.ts';

/** By which the median of distances becomes the standard deviation of what spreads normally. */
const NORMAL = 1.4826;

/**
 * What is usual at this hour: the median of the same hour of the last four weeks, and the spread around it. One odd week
 * of four, a sale or an outage, moves neither by much; with fewer weeks of data they are made of those that there are.
 *
 * Cost: two series for each service and subject (requests, paid orders), four for each of its currencies, and two for each tenant of a
 * service and subject that is large enough to be compared. They read hourly records, a handful of samples each.
 */
export function baselineRules(spec: ResolvedSpec): readonly RuleGroup[] {
  return [
    {
      name: 'baseline',
      interval: spec.time('1m'),
      rules: baselinesOf(spec).flatMap((baseline) => rulesOf(baseline, spec)),
    },
  ];
}

function rulesOf(baseline: Baseline, spec: ResolvedSpec): readonly RecordingRule[] {
  const { by, median, spread, least } = baseline;
  const weeks = sameHour(baseline, spec);
  const usual = `quantile by (${by.join(', ')}) (0.5, ${weeks})`;
  return [
    { record: median, expr: least === undefined ? usual : `${usual} >= ${least}` },
    { record: spread, expr: spreadOf(baseline, weeks) },
  ];
}

/** One series for each of the weeks, told apart by a label. */
function sameHour({ record, matchers, by }: Baseline, { time }: ResolvedSpec): string {
  const series = `${record}${matchers.length === 0 ? '' : `{${matchers.join(',')}}`}`;
  return Array.from({ length: BASELINE_WEEKS }, (_, before) => {
    const ago = time(`${before + 1}w`);
    return labelled(sumBy(by, `${series} offset ${ago}`), 'week', `${before + 1}`);
  }).join(' or ');
}

/**
 * The largest of three: how far the weeks are from their median, what chance does to a count, and a share of the median, because a
 * few weeks that agree by chance are no promise.
 */
function spreadOf({ by, median, events }: Baseline, weeks: string): string {
  const labels = by.join(', ');
  const apart = `abs((${weeks}) - on (${labels}) group_left () ${median})`;
  // The variance of a sum of amounts that differ as widely as they are large is twice that of their number.
  const chance =
    events === undefined ? `sqrt(${median})` : `${median} * sqrt(2 / (${events.median} > 0))`;
  const share = `${baselineThresholds.leastSpread} * ${median} / sqrt(count by (${labels}) (${weeks}))`;
  const largest = [
    labelled(`${NORMAL} * quantile by (${labels}) (0.5, ${apart})`, 'of', 'weeks'),
    labelled(chance, 'of', 'chance'),
    labelled(share, 'of', 'share'),
  ];
  return `max by (${labels}) (${largest.join(' or ')})`;
}

const labelled = (expr: string, label: string, value: string): string =>
  `label_replace(${expr}, "${label}", "${value}", "", "")`;
