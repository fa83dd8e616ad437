import type { ResolvedSpec } from '../../../monitoring-spec.ts';
import {
  POOL,
  poolConnections,
  poolMax,
  poolPending,
  poolShare,
  poolWait,
} from '../../../queries/database-queries.ts';
import { panelScope } from '../../../query/query-scope.ts';
import { databaseThresholds } from '../../../thresholds/database-thresholds.ts';
import { type Row, row } from '../../frame/layout.ts';
import { query } from '../../panels/panel-query.ts';
import { badAbove, neutral } from '../../panels/panel-thresholds.ts';
import { unit } from '../../panels/panel-units.ts';
import { timeSeries } from '../../panels/time-series.ts';

const ONE = ['instance', POOL];

/** Connections that services share among their requests. */
export function poolRow({ histograms }: ResolvedSpec): Row {
  const scope = panelScope(histograms);
  return row('Connection pools', [
    timeSeries({
      title: 'Connections',
      description: {
        shows:
          'Connections of all selected pools, used and idle, and how many they may open together.',
        matters: 'All replicas together must stay below what the server allows.',
        act: 'Maximum above the server’s limit: lower the pool of each replica, or put a pooler between.',
      },
      unit: unit.count,
      thresholds: neutral,
      queries: [
        query(
          poolConnections(scope, ['db_client_connection_state']),
          '{{db_client_connection_state}}',
        ),
        query(poolMax(scope), 'maximum'),
      ],
    }),
    timeSeries({
      title: 'Pool in use',
      description: {
        shows: 'Used connections as a share of the allowed ones, by replica.',
        matters: 'At 100 % every further request waits, however idle the server is.',
        act: 'Look for transactions that stay open during calls to others; make those short before making the pool bigger.',
      },
      unit: unit.ratio,
      thresholds: badAbove(databaseThresholds.poolShare),
      max: 1,
      queries: [query(poolShare(scope, ONE), '{{instance}} {{db_client_connection_pool_name}}')],
    }),
    timeSeries({
      title: 'Requests that wait for a connection',
      description: {
        shows: 'Requests that wait for a connection at each moment, by replica.',
        matters: 'They do nothing and hold memory, and soon time out all at once.',
        act: 'See Pool in use and Time of operations: a slow query is the usual cause, a leak of connections the other.',
      },
      unit: unit.count,
      thresholds: badAbove(databaseThresholds.poolPending),
      queries: [query(poolPending(scope, ONE), '{{instance}} {{db_client_connection_pool_name}}')],
    }),
    timeSeries({
      title: 'Wait for a connection',
      description: {
        shows:
          'Seconds within which half and 95 % of requests got a connection; opening a new one counts.',
        matters: 'It is added to every answer, and no trace of a query shows it.',
        act: 'Above the line with a free pool: opening is slow, look at the network and TLS. With a full one: see Pool in use.',
      },
      unit: unit.seconds,
      thresholds: badAbove(databaseThresholds.poolWaitP95),
      queries: [query(poolWait(0.5, scope), 'p50'), query(poolWait(0.95, scope), 'p95')],
    }),
  ]);
}
