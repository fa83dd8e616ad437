import type { ResolvedSpec } from '../../../monitoring-spec.ts';
import {
  mysqlDiskTables,
  mysqlLongQueryTime,
  mysqlRowOperations,
  mysqlRowsScanned,
  mysqlSlowQueries,
  mysqlStatements,
} from '../../../queries/mysql-queries.ts';
import { panelScope } from '../../../query/query-scope.ts';
import { type Row, row } from '../../frame/layout.ts';
import { query } from '../../panels/panel-query.ts';
import { neutral } from '../../panels/panel-thresholds.ts';
import { unit } from '../../panels/panel-units.ts';
import { stat } from '../../panels/stat.ts';
import { timeSeries } from '../../panels/time-series.ts';

/** What the server is asked, and what that costs it. */
export function mysqlStatementsRow({ histograms }: ResolvedSpec): Row {
  const scope = panelScope(histograms);
  const instance = '{{instance}}';
  return row('Statements', [
    timeSeries({
      title: 'Statements',
      description: {
        shows: 'Statements a second, by kind. Those of people and nightly jobs are in it.',
        matters: 'The work that is asked of the server, by everybody.',
        act: 'More of one kind at the same traffic of services: somebody else is at work. SHOW PROCESSLIST names them.',
      },
      unit: unit.operationsPerSecond,
      thresholds: neutral,
      stack: true,
      queries: [query(mysqlStatements(scope), '{{command}}')],
    }),
    timeSeries({
      title: 'Slow statements',
      description: {
        shows: 'Statements a second that took longer than long_query_time.',
        matters: 'Each holds a connection and often locks for that time.',
        act: 'Turn slow_query_log on; services show theirs by table and tenant on Database, Slow operations by table.',
      },
      unit: unit.operationsPerSecond,
      thresholds: neutral,
      queries: [query(mysqlSlowQueries(scope), instance)],
    }),
    stat({
      title: 'Slow from',
      description: {
        shows: 'long_query_time: from how many seconds on the server calls a statement slow.',
        matters: 'The ten seconds that it is set to at first hide nearly everything.',
        act: 'SET GLOBAL long_query_time = 1, and the same in its configuration.',
      },
      unit: unit.seconds,
      thresholds: neutral,
      queries: [query(mysqlLongQueryTime(scope), instance)],
    }),
    timeSeries({
      title: 'Rows read without an index',
      description: {
        shows: 'Rows a second that were read one after the other.',
        matters: 'It grows with the tables, so it gets worse by itself.',
        act: 'Find the statement with EXPLAIN: ALL in the column type. Small tables are rightly read like that.',
      },
      unit: unit.countsPerSecond,
      thresholds: neutral,
      queries: [query(mysqlRowsScanned(scope), instance)],
    }),
    timeSeries({
      title: 'Steps in tables',
      description: {
        shows:
          'Rows a second that statements wrote, updated and deleted, and read: by key, next by index (read_next), or one after the other (read_rnd_next). Temporary tables count.',
        matters: 'Far more rows read than answers need is where time goes.',
        act: 'A jump without orders: a job that goes over everything. Make it read and write only what changed.',
      },
      unit: unit.countsPerSecond,
      thresholds: neutral,
      queries: [query(mysqlRowOperations(scope), '{{handler}}')],
    }),
    timeSeries({
      title: 'Temporary tables on disk',
      description: {
        shows: 'Temporary tables a second that did not fit into memory.',
        matters:
          'A sort or a GROUP BY that goes to disk is slow, and takes the disk from all others.',
        act: 'Add an index for the order, select fewer columns, or raise tmp_table_size and max_heap_table_size together.',
      },
      unit: unit.countsPerSecond,
      thresholds: neutral,
      queries: [query(mysqlDiskTables(scope), instance)],
    }),
  ]);
}
