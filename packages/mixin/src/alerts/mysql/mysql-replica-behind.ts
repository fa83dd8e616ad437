import { uids } from '../../dashboards/uids.ts';
import { mysql } from '../../metrics/mysql-exporter.ts';
import {
  mysqlReplicaLag,
  mysqlReplicaStopped,
  mysqlRowOperations,
} from '../../queries/mysql-queries.ts';
import { ruleScope } from '../../query/query-scope.ts';
import { mysqlThresholds } from '../../thresholds/mysql-thresholds.ts';
import type { AlertSource } from '../alert.ts';
import { blocks, promql, sql, steps } from '../prose.ts';
import { series } from '../test-series.ts';
import { server } from './test-mysql.ts';

const { warning } = mysqlThresholds.replicaLag;
const from = { ...server, channel_name: '', connection_name: '', master_host: '10.0.0.5' };
const lag = series(mysql.replicaLag, from);
const applies = series(mysql.replicaSql, from);
const gets = series(mysql.replicaIo, from);

/** A replica that has stopped is behind by an unknown time, so the server tells none. */
export const mysqlReplicaBehind: AlertSource = (spec) => {
  const scope = ruleScope(spec.time('5m'), spec.histograms);
  const look = ruleScope('5m', spec.histograms);
  return {
    name: 'MysqlReplicaBehind',
    severity: 'warning',
    team: 'platform',
    expr: `${mysqlReplicaLag(scope)} > ${warning} or ${mysqlReplicaStopped(scope)} == 0`,
    for: spec.time('5m'),
    keepFiringFor: spec.time('5m'),
    summary: 'The replica behind {{ $labels.instance }} is behind its primary, or has stopped',
    description:
      'What is read from the replica is old: people do not see what they have just saved. If the primary is lost now, so is what the replica has not got.',
    dashboard: { uid: uids.mysql },
    runbook: {
      symptom: `For five minutes the replica has been more than ${warning} s behind, or it does not get or does not apply changes at all.`,
      meaning:
        'Reads from it are stale, and it is no good as the next primary. A primary that purges its log before the replica has read it makes a new copy necessary.',
      look: blocks(
        'Behind, or stopped? `Last_Error` says why it stopped.',
        promql(mysqlReplicaLag(look), mysqlReplicaStopped(look), mysqlRowOperations(look)),
        sql('SHOW REPLICA STATUS\\G'),
      ),
      mend: steps(
        'It does not get changes (`Slave_IO_Running: No`): network, password, or a log that the primary has purged. In the last case copy the data anew.',
        'It does not apply them (`Slave_SQL_Running: No`): the error names the row. Find out who wrote to the replica before you skip anything; set `read_only`.',
        'It is only slow: one great transaction, a long report on the replica, or its disk. End the report; raise `slave_parallel_threads` (MySQL: `replica_parallel_workers`).',
        'Send reads to the primary until it has caught up.',
      ),
    },
    tests: [
      {
        name: 'two minutes behind',
        series: { [lag]: '120x20', [applies]: '1x20', [gets]: '1x20' },
        at: '10m',
        fires: [server],
      },
      {
        name: 'it has stopped to apply changes, and tells no lag any more',
        series: { [lag]: '1x4 stale', [applies]: '1x4 0x16', [gets]: '1x20' },
        at: '12m',
        fires: [server],
      },
      {
        name: 'a minute behind after a great transaction',
        series: { [lag]: '0x3 60x2 0x15', [applies]: '1x20', [gets]: '1x20' },
        at: '8m',
        fires: [],
      },
    ],
  };
};
