import type { ResolvedSpec } from '../../../monitoring-spec.ts';
import { postgresIndexUse } from '../../../queries/postgres-queries.ts';
import {
  deadRows,
  sequentialRows,
  tableIndexUse,
} from '../../../queries/postgres-table-queries.ts';
import { panelScope } from '../../../query/query-scope.ts';
import { type Row, row } from '../../frame/layout.ts';
import { query } from '../../panels/panel-query.ts';
import { neutral } from '../../panels/panel-thresholds.ts';
import { unit } from '../../panels/panel-units.ts';
import { timeSeries } from '../../panels/time-series.ts';

/** How PostgreSQL reads its tables. */
export function postgresTablesRow({ histograms }: ResolvedSpec): Row {
  const scope = panelScope(histograms);
  return row('Tables and indexes', [
    timeSeries({
      title: 'Scans that used an index',
      description: {
        shows:
          'Share of the scans of each table that used an index. Small tables are rightly read from end to end.',
        matters: 'A great table without its index works in the test and stops in production.',
        act: 'Low for a table that is also among the worst beside: EXPLAIN its queries and add the index.',
      },
      unit: unit.ratio,
      thresholds: neutral,
      max: 1,
      queries: [query(tableIndexUse(scope), '{{relname}}')],
    }),
    timeSeries({
      title: 'Rows read without an index',
      description: {
        shows: 'Rows a second that scans without an index went over: the ten worst tables.',
        matters: 'It grows with the table, so it gets worse by itself.',
        act: 'Start with the first: look which query of its model filters by a column without an index.',
      },
      unit: unit.countsPerSecond,
      thresholds: neutral,
      queries: [query(sequentialRows(10, scope), '{{relname}}')],
    }),
    timeSeries({
      title: 'Rows found by indexes',
      description: {
        shows: 'Share of the rows gone over that an index found, by database.',
        matters:
          'One number for the whole database: it falls when a great table is read from end to end.',
        act: 'See the two panels before it for which table that is.',
      },
      unit: unit.ratio,
      thresholds: neutral,
      queries: [query(postgresIndexUse(scope), '{{datname}}')],
    }),
    timeSeries({
      title: 'Dead rows',
      description: {
        shows:
          'Rows that updates and deletes left behind and vacuum has not removed: the ten worst tables.',
        matters: 'They take space and time of every scan.',
        act: 'When they only grow, see Oldest open transaction, then whether autovacuum keeps up with that table.',
      },
      unit: unit.count,
      thresholds: neutral,
      queries: [query(deadRows(10, scope), '{{relname}}')],
    }),
  ]);
}
