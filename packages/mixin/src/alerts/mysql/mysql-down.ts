import { uids } from '../../dashboards/uids.ts';
import { mysql } from '../../metrics/mysql-exporter.ts';
import { db } from '../../metrics/sdk-metrics.ts';
import { dbRate, SYSTEM } from '../../queries/database-queries.ts';
import { mysqlUp } from '../../queries/mysql-queries.ts';
import { gone, MYSQL } from '../../queries/target-queries.ts';
import { type QueryScope, ruleScope } from '../../query/query-scope.ts';
import type { AlertSource } from '../alert.ts';
import { blocks, promql, shell, steps } from '../prose.ts';
import { replica, series } from '../test-series.ts';
import { serverGoneTests } from '../test-server-gone.ts';
import { server } from './test-mysql.ts';

const serverUp = series(mysql.up, server);
const answers = series(
  db.operationDuration,
  { ...replica('users-1'), db_system_name: 'mariadb', db_operation_name: 'SELECT' },
  '_count',
);

/** Statements of either kind a second that were answered: the proof that it lives. */
const answered = (scope: QueryScope, by: readonly string[] = []) =>
  dbRate(scope, by, [`${SYSTEM}=~"mysql|mariadb"`, 'error_type=""']);

/** As of PostgreSQL: where the exporter is gone too, the answers that services get decide. */
export const mysqlDown: AlertSource = (spec) => {
  const scope = ruleScope(spec.time('2m'), spec.histograms);
  const look = ruleScope('5m', spec.histograms);
  return {
    name: 'MysqlDown',
    severity: 'critical',
    team: 'platform',
    expr: `${mysqlUp(scope)} == 0 or ${gone(MYSQL, (by) => answered(scope, by), spec)}`,
    for: spec.time('1m'),
    summary: 'MySQL or MariaDB behind {{ $labels.instance }} does not answer',
    description:
      'The database refuses connections, or it and its exporter are gone and no service gets an answer from it. Nothing that it holds can be read or changed.',
    dashboard: { uid: uids.mysql },
    runbook: {
      symptom:
        'For a minute, the exporter could not ask the server; or the exporter itself is gone for five minutes, and no service got an answer from a MySQL or MariaDB.',
      meaning:
        'What is kept in it is out of reach, and whoever needs it answers with errors. Alerts about slow queries, pools and latency are effects of this one and are held back.',
      look: blocks(
        'What does the server say, to a client and in its log?',
        shell(
          'mysqladmin -h <host> ping',
          "journalctl -u mariadb -u mysql --since '-15 min' | tail -50",
          'df -h <data folder>',
        ),
        promql(mysqlUp(look), answered(look)),
        '- `Too many connections`: it lives, but is full.\n- `InnoDB: Starting crash recovery`: wait, it takes minutes.\n- `No space left on device`: the disk.\n- `ping` says that it is alive: the password or the network of the exporter. Its log tells.',
      ),
      mend: steps(
        'The disk is full: follow [DiskFull](DiskFull.md), then `systemctl start mariadb`.',
        'The process is gone: `dmesg --ctime | grep -i "killed process"`; start it again. If memory was the reason, lower `innodb_buffer_pool_size` before.',
        'Too many connections: end idle ones, see [MysqlConnectionsHigh](MysqlConnectionsHigh.md).',
        'The machine is gone: make a replica the primary (`STOP REPLICA; RESET REPLICA ALL; SET GLOBAL read_only = OFF`), point the services to it, and keep the old one away.',
        'No replica: restore the last backup on another machine. Say so early: what came since then is lost.',
      ),
    },
    tests: [
      ...serverGoneTests({ server, serverUp, answers }),
      {
        name: 'no MySQL at all',
        series: { 'up{job="node-exporter",instance="a"}': '0x20' },
        at: '10m',
        fires: [],
      },
    ],
  };
};
