import type { ResolvedSpec } from '../../../monitoring-spec.ts';
import { dbErrorRatio, dbLatency, dbRate, REDIS } from '../../../queries/database-queries.ts';
import { panelScope } from '../../../query/query-scope.ts';
import { cacheThresholds } from '../../../thresholds/cache-thresholds.ts';
import { databaseThresholds } from '../../../thresholds/database-thresholds.ts';
import { type Row, row } from '../../frame/layout.ts';
import { query } from '../../panels/panel-query.ts';
import { badAbove, neutral } from '../../panels/panel-thresholds.ts';
import { unit } from '../../panels/panel-units.ts';
import { timeSeries } from '../../panels/time-series.ts';

const COMMAND = ['db_operation_name'];
const ALL = ['db_system_name="redis"'];

/** Redis as the services see it: network and client included. */
export function redisClientRow({ histograms }: ResolvedSpec): Row {
  const scope = panelScope(histograms);
  return row('Redis, seen by services', [
    timeSeries({
      title: 'Commands of services',
      description: {
        shows: 'Commands a second that services sent, by command; a pipeline counts once.',
        matters: 'More commands at the same traffic is a loop that asks key by key.',
        act: 'Replace many GET by one MGET or a pipeline.',
      },
      unit: unit.operationsPerSecond,
      thresholds: neutral,
      stack: true,
      queries: [query(dbRate(scope, COMMAND, ALL), '{{db_operation_name}}')],
    }),
    timeSeries({
      title: 'Time of commands, seen by services',
      description: {
        shows:
          'Seconds within which 50 % and 99 % of commands were answered. Commands that wait by design, as BLPOP, are left out.',
        matters: 'It is spent on every request that uses sessions or a cache.',
        act: 'Above the line while the server is fast below: the network, or the event loop of the service. Else see which command is slow.',
      },
      unit: unit.seconds,
      thresholds: badAbove(cacheThresholds.operationP99),
      queries: [0.5, 0.99].map((q) => query(dbLatency(q, scope, [], [REDIS]), `p${q * 100}`)),
    }),
    timeSeries({
      title: 'Failed commands',
      description: {
        shows: 'Share of commands that ended with an error.',
        matters: 'Sessions, limits and caches stop working, each in its own way.',
        act: 'OOM: see memory below. LOADING: it restarts, wait. No connection: is it up, and can services reach it?',
      },
      unit: unit.ratio,
      thresholds: badAbove(databaseThresholds.errorRatio),
      queries: [query(dbErrorRatio(scope, [], ALL), 'Failed')],
    }),
  ]);
}
