import { uids } from '../../dashboards/uids.ts';
import { redis } from '../../metrics/redis-exporter.ts';
import {
  redisEvictions,
  redisKeys,
  redisMemory,
  redisMemoryMax,
  redisMemoryShare,
} from '../../queries/redis-queries.ts';
import { ruleScope } from '../../query/query-scope.ts';
import { cacheThresholds } from '../../thresholds/cache-thresholds.ts';
import type { AlertSource } from '../alert.ts';
import { blocks, percent, promql, shell, steps } from '../prose.ts';
import { redisSeries, redisServer } from './test-redis.ts';

const { warning } = cacheThresholds.memoryShare;
const used = redisSeries(redis.memoryUsed);
const max = redisSeries(redis.memoryMax);
const evicted = redisSeries(redis.evicted);

/** A cache that evicts is full by design: `RedisEvictions` judges it. */
export const redisMemoryHigh: AlertSource = (spec) => {
  const scope = ruleScope(spec.time('1h'), spec.histograms);
  const look = ruleScope('5m', spec.histograms);
  return {
    name: 'RedisMemoryHigh',
    severity: 'warning',
    team: 'platform',
    expr: `${redisMemoryShare(scope)} > ${warning} unless ${redisEvictions(scope)} > 0`,
    for: spec.time('10m'),
    keepFiringFor: spec.time('10m'),
    summary:
      'Redis behind {{ $labels.instance }} uses {{ $value | humanizePercentage }} of its memory limit and drops nothing',
    description:
      'Close to `maxmemory` without any eviction. With the policy `noeviction` every write is refused at the limit (`OOM command not allowed`), whatever it is for.',
    dashboard: { uid: uids.cache },
    runbook: {
      symptom: `For ten minutes, Redis used more than ${percent(warning)} of \`maxmemory\`, and in an hour it dropped no key to make room.`,
      meaning:
        'Nothing yet. At the limit sessions, jobs and whatever else is written to Redis fail; reads go on.',
      look: blocks(
        promql(redisMemory(look), redisMemoryMax(look), redisKeys(look)),
        shell(
          'redis-cli -h <host> config get maxmemory-policy',
          'redis-cli -h <host> --memkeys',
          'redis-cli -h <host> llen <queue>',
        ),
      ),
      mend: steps(
        'A queue that nobody empties: look at its workers first.',
        'Keys without an end (`TTL` -1): give them one.',
        'It is only a cache: `maxmemory-policy allkeys-lru`, and being full is fine.',
        'It is growth: a larger `maxmemory`, if the machine has it.',
      ),
    },
    tests: [
      {
        name: '960 of 1000 MB, nothing dropped',
        series: { [used]: '960e6x80', [max]: '1000e6x80', [evicted]: '0x80' },
        at: '70m',
        fires: [redisServer],
      },
      {
        name: 'a cache that is full by design and evicts',
        series: { [used]: '999e6x80', [max]: '1000e6x80', [evicted]: '0+10x80' },
        at: '70m',
        fires: [],
      },
      {
        name: 'no limit is set',
        series: { [used]: '960e6x80', [max]: '0x80', [evicted]: '0x80' },
        at: '70m',
        fires: [],
      },
      {
        name: 'four fifths',
        series: { [used]: '800e6x80', [max]: '1000e6x80', [evicted]: '0x80' },
        at: '70m',
        fires: [],
      },
      {
        name: 'nearly full for five minutes, until a queue is empty again',
        series: { [used]: '500e6x60 960e6x4 500e6x20', [max]: '1000e6x90', [evicted]: '0x90' },
        at: '65m',
        fires: [],
      },
    ],
  };
};
