import type { CatalogInstrument } from '@bellwether/meters';
import { labelName } from '@bellwether/meters/prometheus';
import { metricOf } from '../metrics/metric.ts';
import type { ResolvedSpec } from '../monitoring-spec.ts';
import { errorCount, latency, requestCount, serverTime } from '../queries/http-queries.ts';
import { maxBy } from '../query/aggregation.ts';
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

function figure(instrument: CatalogInstrument, scope: QueryScope): RecordingRule {
  const by = [...BY, ...hourlyLabels(instrument)];
  return {
    record: hourlyRecord(instrument),
    expr:
      instrument.kind === 'gauge'
        ? highest(instrument, scope, by)
        : sumBy(by, increase(metricOf(instrument), scope)),
  };
}

/**
 * Every replica reports the same gauge: the highest is taken. What is counted by parts, as subscriptions by plan, is added up after that;
 * of parts that make no whole, as ages and temperatures, the highest stays.
 */
function highest(instrument: CatalogInstrument, scope: QueryScope, by: readonly string[]): string {
  const { unit, attributes } = instrument;
  const parts = Object.keys(attributes)
    .map(labelName)
    .filter((label) => !by.includes(label));
  const peak = `max_over_time(${select(metricOf(instrument), scope)}[${scope.window}])`;
  const addsUp = parts.length > 0 && /^(\{.*\}|By)$/.test(unit);
  return addsUp ? sumBy(by, maxBy([...by, ...parts], peak)) : maxBy(by, peak);
}

/** Two services may have the same instrument, which is then the same series. */
const distinct = (rules: readonly RecordingRule[]): readonly RecordingRule[] => [
  ...new Map(rules.map((rule) => [rule.record, rule])).values(),
];
