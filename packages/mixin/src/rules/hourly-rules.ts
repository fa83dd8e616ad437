import type { CatalogInstrument } from '@bellwether/meters';
import { metricOf } from '../metrics/metric.ts';
import type { ResolvedSpec } from '../monitoring-spec.ts';
import { errorCount, latency, requestCount, serverTime } from '../queries/http-queries.ts';
import { increase, select, sumBy } from '../query/promql.ts';
import { type QueryScope, ruleScope } from '../query/query-scope.ts';
import { SERVICE, TENANT } from '../query/service-labels.ts';
import { durationSeconds } from '../spec/duration.ts';
import { hasHourlyRecord, hourlyHttp, hourlyLabels, hourlyRecord } from './hourly-records.ts';
import type { RecordingRule, RuleGroup } from './recording-rule.ts';

const BY = [...SERVICE, TENANT];

/**
 * The key figures of every service and tenant as one number an hour, for stores that keep years: instance, route, method, status and
 * buckets are added up.
 *
 * Cost: for each service and tenant three series of HTTP and one to eight for each counter and gauge of its catalogs. They look back one
 * hour and are written every minute, because a series that is written less often than the lookback of five minutes allows
 * has gaps in every query; a store for years takes two of them an hour.
 */
export function hourlyRules(spec: ResolvedSpec): readonly RuleGroup[] {
  const scope = ruleScope(spec.time('1h'), spec.histograms);
  const instruments = spec.catalogs.flatMap((catalog) => catalog.instruments);
  return [
    {
      name: 'hourly',
      interval: spec.time('1m'),
      rules: [
        ...httpFigures(scope),
        ...distinct(
          instruments.filter(hasHourlyRecord).map((instrument) => figure(instrument, scope)),
        ),
      ],
    },
  ];
}

function httpFigures(scope: QueryScope): readonly RecordingRule[] {
  const { requests, errors, time, p99 } = hourlyHttp;
  return [
    { record: requests, expr: requestCount(scope, BY) },
    // Zero, not nothing, while there are requests and no errors.
    { record: errors, expr: `${errorCount(scope, BY)} or 0 * ${requests}` },
    { record: time, expr: `${durationSeconds(scope.window)} * ${serverTime(scope, BY)}` },
    { record: p99, expr: latency(0.99, scope, SERVICE) },
  ];
}

/** Every replica reports the same gauge: the highest is taken. */
function figure(instrument: CatalogInstrument, scope: QueryScope): RecordingRule {
  const metric = metricOf(instrument);
  const by = [...BY, ...hourlyLabels(instrument)];
  return {
    record: hourlyRecord(instrument),
    expr:
      instrument.kind === 'gauge'
        ? `max by (${by.join(', ')}) (max_over_time(${select(metric, scope)}[${scope.window}]))`
        : sumBy(by, increase(metric, scope)),
  };
}

/** Two services may have the same instrument, which is then the same series. */
const distinct = (rules: readonly RecordingRule[]): readonly RecordingRule[] => [
  ...new Map(rules.map((rule) => [rule.record, rule])).values(),
];
