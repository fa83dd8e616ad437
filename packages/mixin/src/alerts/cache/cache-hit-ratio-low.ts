import { uids } from '../../dashboards/uids.ts';
import { catalogMetric } from '../../metrics/catalog-metric.ts';
import { cacheHitRatio, cacheLookupRate } from '../../queries/cache-queries.ts';
import { redisEvictions } from '../../queries/redis-queries.ts';
import { ruleScope } from '../../query/query-scope.ts';
import { SERVICE } from '../../query/service-labels.ts';
import { cacheThresholds } from '../../thresholds/cache-thresholds.ts';
import type { AlertSource } from '../alert.ts';
import { blocks, percent, promql, steps } from '../prose.ts';
import { replica, series, shop } from '../test-series.ts';

const { hitRatio, minimumRate } = cacheThresholds;
const BY = [...SERVICE, 'cache'];

export const cacheHitRatioLow: AlertSource = (spec) => {
  const metric = catalogMetric(spec, 'cache.lookups');
  if (metric === undefined) return undefined;
  const scope = ruleScope(spec.time('10m'), spec.histograms);
  const look = ruleScope('10m', spec.histograms);
  const lookups = (result: string) =>
    series(metric, { ...replica('shop-1'), cache: 'products', tenant_id: 'acme', result });
  return {
    name: 'CacheHitRatioLow',
    severity: 'warning',
    team: 'service',
    expr: `${cacheHitRatio(metric, scope, BY)} < ${hitRatio.warning} and ${cacheLookupRate(metric, scope, BY)} > ${minimumRate}`,
    for: spec.time('15m'),
    keepFiringFor: spec.time('10m'),
    summary:
      'The cache {{ $labels.cache }} of {{ $labels.service_name }} answers only {{ $value | humanizePercentage }} of lookups',
    description:
      'Most lookups go on to what the cache is to protect, mostly the database, and pay for the lookup as well. When traffic rises, the database meets it all.',
    dashboard: {
      uid: uids.cache,
      variables: { 'var-environment': 'deployment_environment_name' },
    },
    runbook: {
      symptom: `Over ten minutes, and for a quarter of an hour, a cache answered less than ${percent(hitRatio.warning)} of its lookups. A cache that is still filling up after a restart has time until then. Below ${minimumRate * 60} lookups a minute the alert does not look.`,
      meaning: 'Pages are slower, and the database works harder than it has to.',
      look: blocks(
        'Misses or errors? Of one tenant? Since when?',
        promql(
          cacheLookupRate(metric, look, ['cache', 'result']),
          cacheHitRatio(metric, look, ['cache', 'tenant_id']),
          redisEvictions(look),
        ),
        '- Errors: Redis is away or refuses, see [RedisDown](RedisDown.md).\n- Evictions: it has too little memory.\n- Misses without evictions: the keys changed (a deploy), entries live too short, something clears them, or somebody asks for keys that do not exist.',
      ),
      mend: steps(
        'A deploy changed keys or the form of values: the cache fills up again by itself. Watch the database meanwhile.',
        'Evictions: follow [RedisEvictions](RedisEvictions.md).',
        'Somebody walks through ids that do not exist: keep the answer "not there" for some seconds as well, and limit that caller.',
        'Each write clears too much: clear the one entry that changed.',
        'What is looked up is hardly ever asked twice: take the cache out, it only costs.',
      ),
    },
    tests: [
      {
        name: '30 hits of 120 lookups a minute',
        series: { [lookups('hit')]: '0+30x40', [lookups('miss')]: '0+90x40' },
        at: '30m',
        fires: [{ ...shop, cache: 'products' }],
      },
      {
        name: 'switched off: no hit was ever counted',
        series: { [lookups('miss')]: '0+120x40' },
        at: '30m',
        fires: [{ ...shop, cache: 'products' }],
      },
      {
        name: '9 of 10 are hits',
        series: { [lookups('hit')]: '0+108x40', [lookups('miss')]: '0+12x40' },
        at: '30m',
        fires: [],
      },
      {
        name: 'an empty cache that fills up within five minutes',
        series: {
          [lookups('hit')]: '0 0 20 60 120 200 300+110x40',
          [lookups('miss')]: '0 120 220 300 360 400 420+10x40',
        },
        at: '4m',
        fires: [],
      },
      {
        name: '12 lookups a minute, all misses, are too few to judge',
        series: { [lookups('hit')]: '0x40', [lookups('miss')]: '0+12x40' },
        at: '30m',
        fires: [],
      },
    ],
  };
};
