import { uids } from '../../dashboards/uids.ts';
import { postgres } from '../../metrics/postgres-exporter.ts';
import { up } from '../../metrics/scrape.ts';
import { db } from '../../metrics/sdk-metrics.ts';
import { dbAnswers } from '../../queries/database-queries.ts';
import { postgresUp } from '../../queries/postgres-queries.ts';
import { gone, POSTGRES } from '../../queries/target-queries.ts';
import { ruleScope } from '../../query/query-scope.ts';
import type { AlertSource } from '../alert.ts';
import { blocks, promql, shell, steps } from '../prose.ts';
import { replica, series } from '../test-series.ts';
import { serverGoneTests } from '../test-server-gone.ts';
import { server } from './test-server.ts';

const serverUp = series(postgres.up, server);
const target = series(up, server);
const answers = series(
  db.operationDuration,
  { ...replica('shop-1'), db_system_name: 'postgresql', db_operation_name: 'SELECT' },
  '_count',
);

/**
 * An exporter that is gone says nothing about the server, so the answers that services get from it decide. Where nobody asks,
 * its absence has to do, but not that of a restart.
 */
export const postgresDown: AlertSource = (spec) => {
  const scope = ruleScope(spec.time('2m'), spec.histograms);
  const look = ruleScope('5m', spec.histograms);
  return {
    name: 'PostgresDown',
    severity: 'critical',
    team: 'platform',
    expr: `${postgresUp(scope)} == 0 or ${gone(POSTGRES, (by) => dbAnswers('postgresql', scope, by), spec)}`,
    for: spec.time('1m'),
    summary: 'PostgreSQL behind {{ $labels.instance }} does not answer',
    description:
      'The database refuses connections, or it and its exporter are gone and no service gets an answer from it. Nothing that it holds can be read or changed, and nobody can log in.',
    dashboard: { uid: uids.database },
    runbook: {
      symptom:
        'For a minute, the exporter could not ask PostgreSQL; or the exporter itself is gone for five minutes, and no service got an answer from PostgreSQL.',
      meaning:
        'The product is down, or shows only what a cache still holds. Alerts about slow queries, pools and latency are effects of this one and are held back.',
      look: blocks(
        'What does the server say, to a client and in its log?',
        shell(
          'pg_isready -h <host> -p 5432',
          "psql -h <host> -c 'select 1'",
          "journalctl -u postgresql --since '-15 min' | tail -50",
          'df -h <data folder>',
        ),
        promql(postgresUp(look), dbAnswers('postgresql', look)),
        '- `the database system is starting up`: it recovers after a crash. Wait, it takes minutes; look at the disk meanwhile.\n- `too many clients already`: it lives, but is full.\n- `No space left on device`: the disk.\n- `pg_isready` says yes: the password or the network of the exporter. Its log tells.',
      ),
      mend: steps(
        'The disk is full: follow [DiskFull](DiskFull.md), then `systemctl start postgresql`.',
        'The process is gone: `dmesg --ctime | grep -i "killed process"`; start it again. If memory was the reason, lower `work_mem` or `shared_buffers` before.',
        'Too many clients: end idle ones, see [PostgresConnectionsHigh](PostgresConnectionsHigh.md).',
        'The machine is gone: promote the replica (`pg_ctl promote`), point the services to it, and make sure that the old one cannot come back as a second primary.',
        'No replica: restore the last backup on another machine. Say so early: orders since then are lost.',
      ),
    },
    tests: [
      ...serverGoneTests({ server, serverUp, answers }),
      {
        name: 'the exporter restarts at night, while nobody asks',
        series: { [target]: '1x5 0x3 1x10', [serverUp]: '1x5 stale _x3 1x10' },
        at: '9m',
        fires: [],
      },
      {
        name: 'no PostgreSQL at all',
        series: { 'up{job="node-exporter",instance="a"}': '0x20' },
        at: '10m',
        fires: [],
      },
    ],
  };
};
