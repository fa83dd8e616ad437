import { catalogMetric } from '../../../metrics/catalog-metric.ts';
import type { ResolvedSpec } from '../../../monitoring-spec.ts';
import {
  cacheEvictionRate,
  cacheHitRatio,
  cacheLatency,
  cacheLookupRate,
} from '../../../queries/cache-queries.ts';
import { panelScope } from '../../../query/query-scope.ts';
import { cacheThresholds } from '../../../thresholds/cache-thresholds.ts';
import { type Row, row } from '../../frame/layout.ts';
import { query } from '../../panels/panel-query.ts';
import { badBelow, neutral } from '../../panels/panel-thresholds.ts';
import { unit } from '../../panels/panel-units.ts';
import { timeSeries } from '../../panels/time-series.ts';

/** What the application says about its caches: only with the `cache` preset. */
export function cacheRow(spec: ResolvedSpec): Row {
  const scope = panelScope(spec.histograms);
  const lookups = catalogMetric(spec, 'cache.lookups');
  const duration = catalogMetric(spec, 'cache.operation.duration');
  const evictions = catalogMetric(spec, 'cache.evictions');
  return row('Caches of the application', [
    lookups &&
      timeSeries({
        title: 'Hit ratio by cache',
        description: {
          shows: 'Share of lookups that the cache answered, by cache.',
          matters:
            'A cache with few hits costs a round trip and saves nothing; each miss is work for the database.',
          act: 'After a deployment it is cold for some minutes. Low for longer: keys too fine, lives too short, or evictions.',
        },
        unit: unit.ratio,
        thresholds: badBelow(cacheThresholds.hitRatio),
        max: 1,
        queries: [query(cacheHitRatio(lookups, scope), '{{cache}}')],
      }),
    lookups &&
      timeSeries({
        title: 'Hit ratio by tenant',
        description: {
          shows: 'Share of lookups that the cache answered, by tenant.',
          matters:
            'Small tenants are asked too rarely to stay warm; for them the shop is always slow.',
          act: 'Give entries of small tenants a longer life, or warm them up.',
        },
        unit: unit.ratio,
        thresholds: badBelow(cacheThresholds.hitRatio),
        max: 1,
        queries: [query(cacheHitRatio(lookups, scope, ['tenant_id']), '{{tenant_id}}')],
      }),
    lookups &&
      timeSeries({
        title: 'Lookups by result',
        description: {
          shows: 'Lookups a second: hit, miss, and error where the cache did not answer at all.',
          matters:
            'With errors the application goes on without its cache, and the database takes it all.',
          act: 'Errors: see whether Redis is up below. Many misses at once: something was invalidated as a whole.',
        },
        unit: unit.operationsPerSecond,
        thresholds: neutral,
        stack: true,
        queries: [query(cacheLookupRate(lookups, scope, ['result']), '{{result}}')],
      }),
    duration &&
      timeSeries({
        title: 'Time of cache operations',
        description: {
          shows: 'Seconds within which 95 % of operations ended, by cache and operation.',
          matters: 'A cache that is slower than what it saves makes every page slower.',
          act: 'Above a few milliseconds: great values, a far network, or an event loop that is late.',
        },
        unit: unit.seconds,
        thresholds: neutral,
        queries: [
          query(
            cacheLatency(0.95, duration, scope, ['cache', 'operation']),
            '{{cache}} {{operation}}',
          ),
        ],
      }),
    evictions &&
      timeSeries({
        title: 'Entries dropped',
        description: {
          shows: 'Entries a second that the application dropped, by cache and reason.',
          matters: 'Dropped for capacity means that the cache is too small for what it is to hold.',
          act: 'Capacity: make it bigger. Invalidated in great numbers: invalidate finer.',
        },
        unit: unit.operationsPerSecond,
        thresholds: neutral,
        queries: [
          query(cacheEvictionRate(evictions, scope, ['cache', 'reason']), '{{cache}} {{reason}}'),
        ],
      }),
  ]);
}
