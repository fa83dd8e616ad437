import type { Metric } from '../metrics/metric.ts';
import { share } from '../query/or-zero.ts';
import { quantile, rate, sumBy } from '../query/promql.ts';
import type { QueryScope } from '../query/query-scope.ts';

/** What `cache` is called in the metrics of the preset. */
const CACHE = ['cache'] as const;

type By = readonly string[];

/** Lookups a second. `lookups` is `cache.lookups` of the catalog. Add `result` for hit, miss and error. */
export const cacheLookupRate = (lookups: Metric, scope: QueryScope, by: By = CACHE): string =>
  sumBy(by, rate(lookups, scope));

/** Share of lookups that the cache answered, 0 to 1. A lookup that failed is none. */
export const cacheHitRatio = (lookups: Metric, scope: QueryScope, by: By = CACHE): string =>
  share(sumBy(by, rate(lookups, scope, ['result="hit"'])), cacheLookupRate(lookups, scope, by));

/**
 * Seconds below which the share `q` of operations was done. `duration` is `cache.operation.duration` of the catalog. Add
 * `operation` for get, set and delete.
 */
export const cacheLatency = (
  q: number,
  duration: Metric,
  scope: QueryScope,
  by: By = CACHE,
): string => quantile(q, duration, scope, { by });

/** Entries a second that were dropped. `evictions` is `cache.evictions` of the catalog. Add `reason`. */
export const cacheEvictionRate = (evictions: Metric, scope: QueryScope, by: By = CACHE): string =>
  sumBy(by, rate(evictions, scope));
