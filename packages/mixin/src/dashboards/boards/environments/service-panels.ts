import type { ResolvedSpec } from '../../../monitoring-spec.ts';
import { lastHour } from '../../../queries/baseline-queries.ts';
import { maxBy } from '../../../query/aggregation.ts';
import { sumBy } from '../../../query/promql.ts';
import { serviceOrders } from '../../../rules/baselines.ts';
import { httpRecords } from '../../../rules/http-rules.ts';
import { serviceThresholds } from '../../../thresholds/service-thresholds.ts';
import { query } from '../../panels/panel-query.ts';
import { badAbove, neutral } from '../../panels/panel-thresholds.ts';
import { unit } from '../../panels/panel-units.ts';
import { timeSeries } from '../../panels/time-series.ts';
import { SERVICES } from '../recorded-scope.ts';
import { BY, LEGEND } from './environment.ts';

const { rate, errors, p99 } = httpRecords('job');
const of = (record: string) => `${record}{${SERVICES.join(',')}}`;

export const requests = () =>
  timeSeries({
    title: 'Requests by environment',
    description: {
      shows: 'Requests a second that the chosen services answered, by environment.',
      matters: 'What happens in production alone may need its traffic to happen.',
      act: 'Read the other panels with it in mind: one request of three is a third.',
    },
    unit: unit.requestsPerSecond,
    thresholds: neutral,
    queries: [query(sumBy(BY, of(rate)), LEGEND)],
  });

export const fails = () =>
  timeSeries({
    title: 'Failed requests by environment',
    description: {
      shows: 'Share of requests that were answered with 5xx, by environment.',
      matters: 'It tells a fault of the code from one of a place.',
      act: 'High in one only: its database, its settings, its secrets. High in all: the version.',
    },
    unit: unit.ratio,
    thresholds: badAbove(serviceThresholds.errorRatio),
    queries: [query(`${sumBy(BY, of(errors))} / (${sumBy(BY, of(rate))} > 0)`, LEGEND)],
  });

export const takes = () =>
  timeSeries({
    title: 'Time to answer by environment',
    description: {
      shows: '99th percentile of the slowest of the chosen services, by environment.',
      matters: 'A staging that is slower than production hides what a release does to it.',
      act: 'Choose one service above, then compare: the same version should take the same time.',
    },
    unit: unit.seconds,
    thresholds: badAbove(serviceThresholds.latencyP99),
    // A minute without requests has no percentile.
    queries: [query(maxBy(BY, `(${of(p99)} >= 0)`), LEGEND)],
  });

export function orders(spec: ResolvedSpec) {
  const baseline = serviceOrders(spec);
  return (
    baseline &&
    timeSeries({
      title: 'Paid orders of an hour by environment',
      description: {
        shows: 'Orders that were paid in the hour before each point, by environment.',
        matters: 'Orders in an environment that nobody should buy in are tests, or a mistake.',
        act: 'Keep test orders out of what the business looks at: choose the environment there.',
      },
      unit: unit.count,
      thresholds: neutral,
      queries: [query(sumBy(BY, lastHour(baseline, SERVICES)), LEGEND)],
    })
  );
}
