import { uids } from '../../dashboards/uids.ts';
import { db } from '../../metrics/sdk-metrics.ts';
import { dbLatency, dbRate, REDIS } from '../../queries/database-queries.ts';
import { redisCommandTime, redisOperations } from '../../queries/redis-queries.ts';
import { eventLoopDelay } from '../../queries/runtime-queries.ts';
import { ruleScope } from '../../query/query-scope.ts';
import { SERVICE } from '../../query/service-labels.ts';
import { cacheThresholds } from '../../thresholds/cache-thresholds.ts';
import type { AlertSource } from '../alert.ts';
import { blocks, promql, shell, steps } from '../prose.ts';
import { histogramSeries } from '../test-histograms.ts';
import { replica, shop } from '../test-series.ts';

const { operationP99, minimumRate } = cacheThresholds;

export const redisSlow: AlertSource = (spec) => {
  const scope = ruleScope(spec.time('5m'), spec.histograms);
  const look = ruleScope('5m', spec.histograms);
  return {
    name: 'RedisSlow',
    severity: 'warning',
    team: 'platform',
    expr: `${dbLatency(0.99, scope, SERVICE, [REDIS])} > ${operationP99.warning} and ${dbRate(scope, SERVICE, [REDIS])} > ${minimumRate}`,
    for: spec.time('5m'),
    keepFiringFor: spec.time('5m'),
    summary:
      '1 of 100 commands of {{ $labels.service_name }} to Redis takes longer than {{ $value | humanizeDuration }}',
    description:
      'Redis answers in less than a millisecond as a rule. A cache that is slower than what it caches makes every request worse.',
    dashboard: {
      uid: uids.cache,
      variables: { 'var-environment': 'deployment_environment_name' },
    },
    runbook: {
      symptom: `Over five minutes, and for five, the 99th percentile of Redis commands as the service sees them is above ${operationP99.warning} s. Commands that wait by design, as \`BLPOP\`, are left out.`,
      meaning: 'Every request that asks the cache first is slower by that much.',
      look: blocks(
        'Which commands, and is it the server, the way to it, or the event loop of the service?',
        promql(
          `topk(10, ${dbLatency(0.99, look, ['service_name', 'db_operation_name'], [REDIS])} > 0)`,
          redisCommandTime(look),
          redisOperations(look),
          eventLoopDelay('p99', look, ['service_name', 'instance']),
        ),
        shell(
          'redis-cli -h <host> slowlog get 10',
          'redis-cli -h <host> --latency-history -i 5',
          'redis-cli -h <host> --bigkeys',
        ),
        'The server is quick by its own clock, but services wait: it is the network, or their event loop.',
      ),
      mend: steps(
        'The event loop is late: follow [EventLoopLagHigh](EventLoopLagHigh.md).',
        '`KEYS`, `SMEMBERS` or `HGETALL` of large keys: `SCAN`, or smaller keys.',
        'It saves to disk just then, on a slow disk: `latency latest` says `fork` or `aof-write`.',
        'The core of Redis is full: spread the keys over several, or read from replicas.',
      ),
    },
    tests: [
      {
        name: '4 of 120 commands a minute take 100 to 500 ms',
        series: commands('GET', { '0.1': '0+116x20', '0.5': '0+120x20', '+Inf': '0+120x20' }),
        at: '12m',
        fires: [shop],
      },
      {
        name: 'the slowest take 50 ms',
        series: commands('GET', {
          '0.01': '0+580x20',
          '0.05': '0+600x20',
          '0.1': '0+600x20',
          '+Inf': '0+600x20',
        }),
        at: '15m',
        fires: [],
      },
      {
        name: 'it saves to a slow disk for a minute',
        series: commands('GET', {
          '0.1': '0+600x5 3500+600x14',
          '0.5': '0+600x20',
          '+Inf': '0+600x20',
        }),
        at: '9m',
        fires: [],
      },
      {
        name: '12 commands a minute are too few to judge',
        series: commands('GET', { '0.1': '0x20', '0.5': '0+12x20', '+Inf': '0+12x20' }),
        at: '15m',
        fires: [],
      },
      {
        name: 'a worker that waits for jobs in BRPOPLPUSH',
        series: commands('BRPOPLPUSH', { '1': '0x20', '5': '0+60x20', '+Inf': '0+60x20' }),
        at: '15m',
        fires: [],
      },
    ],
  };
};

function commands(
  name: string,
  within: Readonly<Record<string, string>> & { readonly '+Inf': string },
): Record<string, string> {
  const labels = { ...replica('shop-1'), db_system_name: 'redis', db_operation_name: name };
  return histogramSeries(db.operationDuration, labels, within);
}
