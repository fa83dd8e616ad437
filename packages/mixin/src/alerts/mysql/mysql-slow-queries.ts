import { uids } from '../../dashboards/uids.ts';
import { mysql } from '../../metrics/mysql-exporter.ts';
import { slowCounted } from '../../queries/database-queries.ts';
import {
  mysqlLongQueryTime,
  mysqlRowsScanned,
  mysqlSlowQueriesWithin,
} from '../../queries/mysql-queries.ts';
import { ruleScope } from '../../query/query-scope.ts';
import { mysqlThresholds } from '../../thresholds/mysql-thresholds.ts';
import type { AlertSource } from '../alert.ts';
import { blocks, promql, sql, steps } from '../prose.ts';
import { series } from '../test-series.ts';
import { server } from './test-mysql.ts';

const { warning } = mysqlThresholds.slowQueries;
const slow = series(mysql.slowQueries, server);

export const mysqlSlowQueriesHigh: AlertSource = (spec) => {
  const scope = ruleScope(spec.time('15m'), spec.histograms);
  const look = ruleScope('15m', spec.histograms);
  return {
    name: 'MysqlSlowQueries',
    severity: 'warning',
    team: 'service',
    expr: `${mysqlSlowQueriesWithin(scope)} > ${warning}`,
    for: '0s',
    keepFiringFor: spec.time('15m'),
    summary:
      '{{ printf "%.0f" $value }} slow statements behind {{ $labels.instance }} within 15 minutes',
    description:
      'Statements take longer than the server calls slow. Each holds a connection and often locks for that time, so that others wait behind it.',
    dashboard: { uid: uids.mysql },
    runbook: {
      symptom: `More than ${warning} statements within 15 minutes took longer than \`long_query_time\` (10 s, unless it was set).`,
      meaning:
        'Somebody waits that long for an answer, or has given up. It counts those of people and nightly jobs too, which no service sees.',
      look: blocks(
        'Which are they? Services count theirs by table and tenant; the server knows all.',
        promql(
          slowCounted(look, ['db_operation_name', 'db_collection_name', 'tenant_id']),
          mysqlLongQueryTime(look),
          mysqlRowsScanned(look),
        ),
        sql(
          "SELECT id, user, time, LEFT(info, 120) FROM information_schema.processlist WHERE command <> 'Sleep' ORDER BY time DESC LIMIT 10;",
          'SHOW ENGINE INNODB STATUS\\G',
        ),
        'With `slow_query_log` on, the log has the statements; `mysqldumpslow` adds them up.',
      ),
      mend: steps(
        'One statement blocks the others: `KILL <id>` for the one at the head.',
        'A statement without an index, new with a deploy: roll it back, or add the index. `EXPLAIN` shows `ALL` for a table that is read from end to end.',
        'The statistics are old since a large import: `ANALYZE TABLE <table>`.',
        'A report or a dump: run it at night, or on a replica.',
      ),
    },
    tests: [
      {
        name: 'one a minute',
        series: { [slow]: '3+1x30' },
        at: '20m',
        fires: [server],
      },
      { name: 'two in half an hour', series: { [slow]: '3x10 4x10 5x20' }, at: '25m', fires: [] },
      {
        name: 'the server was started again, which is no slow statement',
        series: { [slow]: '40x10 0x20' },
        at: '20m',
        fires: [],
      },
    ],
  };
};
