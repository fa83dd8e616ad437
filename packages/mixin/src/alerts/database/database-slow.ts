import { uids } from '../../dashboards/uids.ts';
import { db } from '../../metrics/sdk-metrics.ts';
import {
  dbBusy,
  dbLatency,
  dbRate,
  NOT_REDIS,
  poolPending,
  SYSTEM,
} from '../../queries/database-queries.ts';
import { postgresLocks, postgresLongestTransaction } from '../../queries/postgres-queries.ts';
import { prismaBusy, prismaLatency } from '../../queries/prisma-queries.ts';
import { ruleScope } from '../../query/query-scope.ts';
import { SERVICE } from '../../query/service-labels.ts';
import { databaseThresholds } from '../../thresholds/database-thresholds.ts';
import type { AlertSource } from '../alert.ts';
import { blocks, promql, sql, steps } from '../prose.ts';
import { histogramSeries } from '../test-histograms.ts';
import { replica, shop } from '../test-series.ts';

const { operationP99, minimumRate } = databaseThresholds;
const BY = [...SERVICE, SYSTEM];

export const databaseSlow: AlertSource = (spec) => {
  const scope = ruleScope(spec.time('5m'), spec.histograms);
  const look = ruleScope('5m', spec.histograms);
  return {
    name: 'DatabaseSlow',
    severity: 'warning',
    team: 'platform',
    expr: `${dbLatency(0.99, scope, BY, [NOT_REDIS])} > ${operationP99.warning} and ${dbRate(scope, BY, [NOT_REDIS])} > ${minimumRate}`,
    for: spec.time('5m'),
    keepFiringFor: spec.time('5m'),
    summary:
      '1 of 100 operations of {{ $labels.service_name }} on {{ $labels.db_system_name }} takes longer than {{ $value | humanizeDuration }}',
    description:
      'Services wait for the database. Each request that waits holds a connection of the pool, so that soon others wait for a connection as well.',
    dashboard: {
      uid: uids.database,
      variables: { 'var-environment': 'deployment_environment_name' },
    },
    runbook: {
      symptom: `Over five minutes, and for five, the 99th percentile of database operations as the service sees them is above ${operationP99.warning} s. Redis is left out.`,
      meaning:
        'Pages with several queries are slow for many people. When `ServiceLatencyHigh` fires as well, this is its cause.',
      look: blocks(
        'Which operations, and where does the time go?',
        promql(
          dbBusy(look, [SYSTEM, 'db_operation_name']),
          `topk(10, ${prismaBusy(look)})`,
          `topk(10, ${prismaLatency(0.99, look)} > 0)`,
          poolPending(look, ['instance']),
        ),
        'Does one wait for another?',
        promql(postgresLocks(look), postgresLongestTransaction(look)),
        sql(
          "SELECT pid, now() - xact_start AS open, wait_event_type, wait_event, pg_blocking_pids(pid) AS blocked_by, left(query, 120) FROM pg_stat_activity WHERE state <> 'idle' ORDER BY xact_start;",
          'SELECT calls, round(mean_exec_time) AS ms, left(query, 120) FROM pg_stat_statements ORDER BY total_exec_time DESC LIMIT 10;',
        ),
        'Then the machine under it: `HostCpuHigh`, and the share of time that its disk is busy.',
      ),
      mend: steps(
        'A transaction blocks the others: `SELECT pg_terminate_backend(<pid>)` for the one at the head.',
        'A query without an index, new with a deploy: roll it back, or `CREATE INDEX CONCURRENTLY`. `EXPLAIN (ANALYZE, BUFFERS)` shows a sequential scan.',
        'The planner is wrong since a large import: `ANALYZE <table>`.',
        'A backup, a report, a `VACUUM FULL`: end it, and run it at night.',
        'The disk is at its limit: more memory for the cache, or a faster volume.',
      ),
    },
    tests: [
      {
        name: '1 of 12 queries a minute takes 0.5 to 1 s',
        series: select({ '0.5': '0+11x20', '1': '0+12x20', '+Inf': '0+12x20' }),
        at: '12m',
        fires: [{ ...shop, db_system_name: 'postgresql' }],
      },
      {
        name: 'the slowest take 0.1 to 0.5 s',
        series: select({ '0.1': '0+57x20', '0.5': '0+60x20', '1': '0+60x20', '+Inf': '0+60x20' }),
        at: '15m',
        fires: [],
      },
      {
        name: 'a lock of a minute',
        series: select({ '0.5': '0+60x5 310+60x14', '10': '0+60x20', '+Inf': '0+60x20' }),
        at: '9m',
        fires: [],
      },
      {
        name: 'reports at night: 3 slow queries a minute are too few to judge',
        series: select({ '1': '0x20', '10': '0+3x20', '+Inf': '0+3x20' }),
        at: '15m',
        fires: [],
      },
      {
        name: 'Redis waits by design in BLPOP',
        series: operations('redis', 'BLPOP', {
          '0.5': '0x20',
          '5': '0+12x20',
          '+Inf': '0+12x20',
        }),
        at: '15m',
        fires: [],
      },
    ],
  };
};

const select = (within: Within) => operations('postgresql', 'SELECT', within);

type Within = Readonly<Record<string, string>> & { readonly '+Inf': string };

function operations(system: string, operation: string, within: Within): Record<string, string> {
  return histogramSeries(
    db.operationDuration,
    {
      ...replica('shop-1'),
      db_system_name: system,
      db_operation_name: operation,
      tenant_id: 'acme',
    },
    within,
  );
}
