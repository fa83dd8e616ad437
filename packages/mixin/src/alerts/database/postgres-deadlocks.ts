import { uids } from '../../dashboards/uids.ts';
import { postgres } from '../../metrics/postgres-exporter.ts';
import { postgresDeadlocks, postgresLocks } from '../../queries/postgres-queries.ts';
import { prismaErrorRate } from '../../queries/prisma-queries.ts';
import { ruleScope } from '../../query/query-scope.ts';
import { databaseThresholds } from '../../thresholds/database-thresholds.ts';
import type { AlertSource } from '../alert.ts';
import { blocks, promql, shell, steps } from '../prose.ts';
import { series } from '../test-series.ts';
import { server } from './test-server.ts';

const { warning } = databaseThresholds.deadlocks;
const count = series(postgres.deadlocks, { ...server, datid: '16384', datname: 'shop' });

export const postgresDeadlocked: AlertSource = (spec) => {
  const scope = ruleScope(spec.time('15m'), spec.histograms);
  const look = ruleScope('1h', spec.histograms);
  return {
    name: 'PostgresDeadlocks',
    severity: 'warning',
    team: 'service',
    expr: `${postgresDeadlocks(scope)} >= ${warning}`,
    for: '0s',
    keepFiringFor: spec.time('15m'),
    summary:
      '{{ printf "%.0f" $value }} deadlocks in the database {{ $labels.datname }} within 15 minutes',
    description:
      'Transactions take the same rows in a different order, until PostgreSQL ends one of them. Each time somebody gets an error or a wait of a second, and more load makes it more often.',
    dashboard: { uid: uids.database },
    runbook: {
      symptom: `PostgreSQL ended at least ${warning} transactions of a database within 15 minutes because they waited for each other (SQLSTATE 40P01).`,
      meaning: 'Some requests fail, or take a second longer where the code tries again.',
      look: blocks(
        'Since when, and which operations fail?',
        promql(postgresDeadlocks(look), prismaErrorRate(look), postgresLocks(look)),
        'The log of PostgreSQL has both statements and the rows, after "deadlock detected":',
        shell("journalctl -u postgresql --since '-1 h' | grep -A6 'deadlock detected'"),
      ),
      mend: steps(
        'A deploy brought it: roll it back.',
        'Take rows in one order everywhere: sort the ids before `UPDATE` or `SELECT ... FOR UPDATE`.',
        'Make transactions shorter: what needs no lock goes before or after.',
        'Try again on 40P01: right in any case, since a deadlock can never be ruled out.',
      ),
    },
    tests: [
      {
        name: 'four within ten minutes',
        series: { [count]: '2x10 3 4 4 4 5 5 6 6x20' },
        at: '20m',
        fires: [{ ...server, datname: 'shop' }],
      },
      {
        name: 'one in a quarter of an hour',
        series: { [count]: '2x10 3x30' },
        at: '20m',
        fires: [],
      },
      {
        name: 'statistics were reset, which is no deadlock',
        series: { [count]: '40x10 0x30' },
        at: '20m',
        fires: [],
      },
    ],
  };
};
