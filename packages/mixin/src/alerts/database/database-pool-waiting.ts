import { uids } from '../../dashboards/uids.ts';
import { db } from '../../metrics/sdk-metrics.ts';
import {
  dbBusy,
  POOL,
  poolPending,
  poolPendingMean,
  poolShare,
  poolWait,
  SYSTEM,
} from '../../queries/database-queries.ts';
import { postgresSessions } from '../../queries/postgres-queries.ts';
import { ruleScope } from '../../query/query-scope.ts';
import { SERVER, SERVICE } from '../../query/service-labels.ts';
import { databaseThresholds } from '../../thresholds/database-thresholds.ts';
import type { AlertSource } from '../alert.ts';
import { blocks, promql, sql, steps } from '../prose.ts';
import { replica, series, shop } from '../test-series.ts';

const { warning } = databaseThresholds.poolPending;
const BY = [...SERVICE, POOL];
const pool = '10.0.0.5:5432/shop';

export const databasePoolWaiting: AlertSource = (spec) => {
  const scope = ruleScope(spec.time('5m'), spec.histograms);
  const look = ruleScope('5m', spec.histograms);
  const pending = (instance: string) =>
    series(db.pendingRequests, { ...replica(instance), db_client_connection_pool_name: pool });
  return {
    name: 'DatabasePoolWaiting',
    severity: 'warning',
    team: 'service',
    expr: `${poolPendingMean(scope, BY)} >= ${warning}`,
    for: spec.time('5m'),
    keepFiringFor: spec.time('5m'),
    summary:
      '{{ printf "%.0f" $value }} requests of {{ $labels.service_name }} wait for a connection of {{ $labels.db_client_connection_pool_name }}',
    description:
      'All connections of the pool are at work, and requests queue up for one. From here on everything that needs the database is slow, however short its query is.',
    dashboard: {
      uid: uids.database,
      variables: { 'var-environment': 'deployment_environment_name' },
    },
    runbook: {
      symptom: `On average over five minutes, at least ${warning} request waited for a connection of a pool, all replicas together.`,
      meaning:
        'Time to wait comes on top of every query. When the time-out of the pool is reached, requests fail.',
      look: blocks(
        'How full, how long is the wait, and what holds the connections?',
        promql(
          poolShare(look, ['instance', POOL]),
          poolPending(look, ['instance', POOL]),
          poolWait(0.95, look, ['instance', POOL]),
          dbBusy(look, ['instance', SYSTEM, 'db_operation_name']),
        ),
        'Connections that do nothing within a transaction are the usual suspects: the code waits for something else, an HTTP call perhaps, while it holds one.',
        promql(postgresSessions(look, [...SERVER, 'datname', 'state'])),
        sql(
          "SELECT pid, application_name, now() - state_change AS since, left(query, 120) FROM pg_stat_activity WHERE state = 'idle in transaction' ORDER BY since DESC;",
        ),
      ),
      mend: steps(
        'Queries are slow: follow [DatabaseSlow](DatabaseSlow.md). A larger pool would only move the queue into the database.',
        '`idle in transaction`: take calls to others out of transactions; until then `idle_in_transaction_session_timeout = 10s` ends them.',
        'Connections are not given back after an error: `release()` belongs into `finally`. Restart the replicas for now.',
        'Queries are short and the database has room: a larger pool, while all pools together stay below `max_connections`.',
      ),
    },
    tests: [
      {
        name: 'three wait in one replica, none in the other',
        series: { [pending('shop-1')]: '0x3 3x20', [pending('shop-2')]: '0x25' },
        at: '15m',
        fires: [{ ...shop, db_client_connection_pool_name: pool }],
      },
      {
        name: 'one waits at one look in five, which is a busy pool and no queue',
        series: { [pending('shop-1')]: '1 0 0 0 0 1 0 0 0 0 1 0 0 0 0 1 0 0 0 0' },
        at: '15m',
        fires: [],
      },
      {
        name: 'six wait at one look, and none at the next',
        series: { [pending('shop-1')]: '0x5 6 0x20' },
        at: '10m',
        fires: [],
      },
      { name: 'a pool with room', series: { [pending('shop-1')]: '0x20' }, at: '15m', fires: [] },
    ],
  };
};
