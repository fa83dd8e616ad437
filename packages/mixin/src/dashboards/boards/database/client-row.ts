import type { ResolvedSpec } from '../../../monitoring-spec.ts';
import {
  dbBusy,
  dbErrorRate,
  dbErrorRatio,
  dbLatency,
  dbRate,
  NOT_REDIS,
  SYSTEM,
  slowCounted,
} from '../../../queries/database-queries.ts';
import { slowOperations } from '../../../queries/slow-operation-queries.ts';
import { orOneZero, orZero } from '../../../query/or-zero.ts';
import { panelScope } from '../../../query/query-scope.ts';
import { databaseThresholds } from '../../../thresholds/database-thresholds.ts';
import { type Row, row } from '../../frame/layout.ts';
import { query } from '../../panels/panel-query.ts';
import { badAbove, neutral } from '../../panels/panel-thresholds.ts';
import { unit } from '../../panels/panel-units.ts';
import { timeSeries } from '../../panels/time-series.ts';

const OPERATION = [SYSTEM, 'db_operation_name'];
const SLOW_BY = ['db_operation_name', 'db_collection_name'];
const SLOW = databaseThresholds.operationP99.warning;

/** What services ask of databases, measured in the driver. */
export function clientRow({ histograms }: ResolvedSpec): Row {
  const scope = panelScope(histograms);
  return row('Driver', [
    timeSeries({
      title: 'Operations',
      description: {
        shows:
          'Operations a second that services gave to their drivers, by database and operation.',
        matters:
          'The load that the application makes. More of it at the same traffic is a loop that asks too often.',
        act: 'Compare with requests. Operations that grow faster than requests: look for one query in a loop, by model below.',
      },
      unit: unit.operationsPerSecond,
      thresholds: neutral,
      stack: true,
      queries: [query(dbRate(scope, OPERATION), '{{db_system_name}} {{db_operation_name}}')],
    }),
    timeSeries({
      title: 'Time of operations',
      description: {
        shows:
          'Seconds within which half, 95 % and 99 % of operations ended, Redis left out. The wait for a connection is not part of it, the network is.',
        matters: 'Every request pays this, most of them several times.',
        act: 'Above the line: see whether locks or reads from disk grow on the server, then find the model with the most time below.',
      },
      unit: unit.seconds,
      thresholds: badAbove(databaseThresholds.operationP99),
      queries: [0.5, 0.95, 0.99].map((q) =>
        query(dbLatency(q, scope, [], [NOT_REDIS]), `p${q * 100}`),
      ),
    }),
    timeSeries({
      title: 'Time by database',
      description: {
        shows: 'Seconds within which 95 % of operations ended, by database system and operation.',
        matters: 'Tells a slow PostgreSQL from a slow Redis, and reads from writes.',
        act: 'Slow COMMIT: the disk. Slow SELECT: a missing index or a cold cache. Slow everything: the network or the CPU.',
      },
      unit: unit.seconds,
      thresholds: neutral,
      queries: [
        query(dbLatency(0.95, scope, OPERATION), '{{db_system_name}} {{db_operation_name}}'),
      ],
    }),
    timeSeries({
      title: 'Slow operations',
      description: {
        shows: `Operations a second that took longer than ${SLOW} s, by operation, Redis left out.`,
        matters: 'A mean hides them; the people behind them do not.',
        act: 'Look for the same moment in the traces: the span has the statement. Then EXPLAIN it.',
      },
      unit: unit.operationsPerSecond,
      thresholds: neutral,
      queries: [
        query(
          slowOperations(SLOW, scope, ['db_operation_name'], [NOT_REDIS]),
          '{{db_operation_name}}',
        ),
      ],
    }),
    timeSeries({
      title: 'Slow operations by table',
      description: {
        shows:
          'Operations a second that took longer than `BELLWETHER_SLOW_QUERY` of their service (500 ms unless set), by operation and first table of the statement.',
        matters: 'Names the table that is slow, also for drivers without models.',
        act: 'The spans of these have `bellwether.db.slow` and the fingerprint of the statement: look for it in the traces, then EXPLAIN it.',
      },
      unit: unit.operationsPerSecond,
      thresholds: neutral,
      queries: [
        query(
          orOneZero(slowCounted(scope, SLOW_BY), dbRate(scope)),
          '{{db_operation_name}} {{db_collection_name}}',
        ),
      ],
    }),
    timeSeries({
      title: 'Slow operations by tenant',
      description: {
        shows:
          'Operations a second that took longer than `BELLWETHER_SLOW_QUERY` of their service, by tenant.',
        matters: 'One tenant with much data is slow long before all others are.',
        act: 'Look which of its routes asks so much: a list without pages, a report over everything.',
      },
      unit: unit.operationsPerSecond,
      thresholds: neutral,
      stack: true,
      queries: [
        query(
          orZero(slowCounted(scope, ['tenant_id']), dbRate(scope, ['tenant_id'])),
          '{{tenant_id}}',
        ),
      ],
    }),
    timeSeries({
      title: 'Failed operations',
      description: {
        shows:
          'Operations a second that ended with an error, by database. Broken constraints count: the database said no.',
        matters: 'Most of them become an answer of 500.',
        act: 'Ask the logs for the code: 23505 is a duplicate, 40P01 a deadlock, 53300 too many connections, 57P01 a restart.',
      },
      unit: unit.operationsPerSecond,
      thresholds: neutral,
      queries: [
        query(orZero(dbErrorRate(scope, [SYSTEM]), dbRate(scope, [SYSTEM])), '{{db_system_name}}'),
      ],
    }),
    timeSeries({
      title: 'Share of failed operations',
      description: {
        shows: 'Failed operations as a share of all, by database.',
        matters: 'The same number at any traffic, and the one that the alert looks at.',
        act: 'Above the line: is the server up, is its disk full, did a migration run?',
      },
      unit: unit.ratio,
      thresholds: badAbove(databaseThresholds.errorRatio),
      queries: [query(dbErrorRatio(scope, [SYSTEM]), '{{db_system_name}}')],
    }),
    timeSeries({
      title: 'Operations under way',
      description: {
        shows:
          'Operations under way at a time on average, by database: seconds a second that services wait.',
        matters: 'Near the number of connections, the pool is about to run dry.',
        act: 'Lower it by making the costliest model faster; a bigger pool only moves the queue into the server.',
      },
      unit: unit.count,
      thresholds: neutral,
      queries: [query(dbBusy(scope, [SYSTEM]), '{{db_system_name}}')],
    }),
    timeSeries({
      title: 'Operations by tenant',
      description: {
        shows: 'Operations a second by tenant, all databases.',
        matters: 'One tenant can take the database from all others.',
        act: 'Open the tenant and see which of its routes asks so much; limit that route before adding hardware.',
      },
      unit: unit.operationsPerSecond,
      thresholds: neutral,
      stack: true,
      queries: [query(dbRate(scope, ['tenant_id']), '{{tenant_id}}')],
    }),
  ]);
}
