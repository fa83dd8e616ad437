import { uids } from '../../dashboards/uids.ts';
import { redis } from '../../metrics/redis-exporter.ts';
import {
  redisEvictions,
  redisHitRatio,
  redisKeys,
  redisMemoryShare,
} from '../../queries/redis-queries.ts';
import { ruleScope } from '../../query/query-scope.ts';
import { cacheThresholds } from '../../thresholds/cache-thresholds.ts';
import type { AlertSource } from '../alert.ts';
import { blocks, promql, shell, steps } from '../prose.ts';
import { redisSeries, redisServer } from './test-redis.ts';

const { warning } = cacheThresholds.evictions;
const evicted = redisSeries(redis.evicted);

export const redisEvictionsHigh: AlertSource = (spec) => {
  const scope = ruleScope(spec.time('5m'), spec.histograms);
  const look = ruleScope('5m', spec.histograms);
  return {
    name: 'RedisEvictions',
    severity: 'warning',
    team: 'platform',
    expr: `${redisEvictions(scope)} > ${warning}`,
    for: spec.time('10m'),
    keepFiringFor: spec.time('10m'),
    summary:
      'Redis behind {{ $labels.instance }} drops {{ printf "%.2f" $value }} keys a second to make room',
    description:
      'Redis is at `maxmemory` and drops keys before their time. A cache forgets what is still asked for; where sessions or a queue live in the same Redis, those may go too.',
    dashboard: { uid: uids.cache },
    runbook: {
      symptom: `For ten minutes, Redis dropped more than ${warning} key a second for lack of memory. Keys whose time was over are not counted.`,
      meaning:
        'More misses, so a slower product and a busier database. With a policy `allkeys-*`, sessions in the same Redis are dropped as well: people are signed out.',
      look: blocks(
        'How full, how fast, and does it hurt?',
        promql(redisMemoryShare(look), redisEvictions(look), redisHitRatio(look), redisKeys(look)),
        'What takes the memory?',
        shell(
          'redis-cli -h <host> info memory | grep -E "used_memory_human|maxmemory_human|maxmemory_policy|fragmentation"',
          'redis-cli -h <host> --memkeys',
          'redis-cli -h <host> --bigkeys',
        ),
      ),
      mend: steps(
        'New keys without an end (`TTL` -1): a deploy forgot it. Give them one.',
        'One prefix has grown: shorter time to live, or smaller values.',
        'Sessions or queues in the same Redis: a Redis of their own, with `noeviction`.',
        'It is simply too small: `redis-cli config set maxmemory <more>`, if the machine has it, and put it into the configuration.',
      ),
    },
    tests: [
      {
        name: '5 keys a second',
        series: { [evicted]: '0+300x30' },
        at: '20m',
        fires: [redisServer],
      },
      {
        name: 'one key in two seconds',
        series: { [evicted]: '0+30x30' },
        at: '20m',
        fires: [],
      },
      {
        name: 'an import pushes out a thousand keys once',
        series: { [evicted]: '0x5 1000x25' },
        at: '13m',
        fires: [],
      },
      {
        name: 'a restart of Redis sets the counter back',
        series: { [evicted]: '90000x10 0x20' },
        at: '22m',
        fires: [],
      },
    ],
  };
};
