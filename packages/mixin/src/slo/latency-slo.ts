import { percent } from '../alerts/prose.ts';
import { series } from '../alerts/test-series.ts';
import type { Metric } from '../metrics/metric.ts';
import { rateWithin, without } from '../query/good-events.ts';
import { rate, sumBy } from '../query/promql.ts';
import type { QueryScope } from '../query/query-scope.ts';
import type { Slo } from './slo.ts';

/** Recordings of a histogram that are at most `within`. */
export function latencySlo({
  id,
  service,
  things,
  metric,
  within,
  target,
  only = (scope) => scope,
}: {
  id: string;
  service?: string;
  things: string;
  metric: Metric;
  within: number;
  target: number;
  only?: (scope: QueryScope) => QueryScope;
}): Slo {
  const events = (scope: QueryScope, by: readonly string[]) => sumBy(by, rate(metric, only(scope)));
  return {
    id,
    ...(service !== undefined && { service }),
    target,
    promise: `${percent(target)} of ${things} are within ${within} ${metric.unit}`,
    metric,
    events,
    badEvents: (scope, by) =>
      without(events(scope, by), rateWithin(metric, within, only(scope), by)),
    series: (labels, { good, all }) => ({
      [series(metric, { ...labels, le: String(within) }, '_bucket')]: good,
      [series(metric, labels, '_count')]: all,
    }),
  };
}
