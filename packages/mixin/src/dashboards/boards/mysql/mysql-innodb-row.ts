import type { ResolvedSpec } from '../../../monitoring-spec.ts';
import {
  mysqlBufferPool,
  mysqlBufferPoolDirty,
  mysqlBufferPoolFree,
  mysqlBufferPoolHitRatio,
  mysqlBufferPoolWaits,
  mysqlDataRead,
  mysqlDataWritten,
  mysqlRowLockBusy,
  mysqlRowLockWaits,
  mysqlTableRows,
  mysqlTables,
} from '../../../queries/mysql-queries.ts';
import { panelScope } from '../../../query/query-scope.ts';
import { mysqlThresholds } from '../../../thresholds/mysql-thresholds.ts';
import { type Row, row } from '../../frame/layout.ts';
import { query } from '../../panels/panel-query.ts';
import { badAbove, badBelow, neutral } from '../../panels/panel-thresholds.ts';
import { unit } from '../../panels/panel-units.ts';
import { timeSeries } from '../../panels/time-series.ts';

/** Memory, disk and locks of InnoDB, where tables are kept. */
export function mysqlInnodbRow({ histograms }: ResolvedSpec): Row {
  const scope = panelScope(histograms);
  const instance = '{{instance}}';
  return row('InnoDB', [
    timeSeries({
      title: 'Pages found in memory',
      description: {
        shows: 'Share of the pages that statements wanted and that were in the buffer pool.',
        matters: 'The others come from disk, a hundred times slower.',
        act: 'Below the line for long: look at Rows read without an index first, then raise innodb_buffer_pool_size.',
      },
      unit: unit.ratio,
      thresholds: badBelow(mysqlThresholds.bufferPoolHitRatio),
      max: 1,
      queries: [query(mysqlBufferPoolHitRatio(scope), instance)],
    }),
    timeSeries({
      title: 'Pages of the buffer pool',
      description: {
        shows: 'Share of its pages that are free, and that wait to be written to disk.',
        matters:
          'Free ones are memory that nobody needs yet; many dirty ones make the next start long.',
        act: 'Dirty pages that only grow: the disk does not keep up, see Read and written.',
      },
      unit: unit.ratio,
      thresholds: neutral,
      max: 1,
      queries: [
        query(mysqlBufferPoolFree(scope), `free, ${instance}`),
        query(mysqlBufferPoolDirty(scope), `dirty, ${instance}`),
      ],
    }),
    timeSeries({
      title: 'Buffer pool and greatest tables',
      description: {
        shows: 'Bytes of the buffer pool, and of the five greatest tables with their indexes.',
        matters: 'What is used all the time has to fit into the pool; the rest may be larger.',
        act: 'A table that outgrows the pool: see whether all of it is read, and move old rows away.',
      },
      unit: unit.bytes,
      thresholds: neutral,
      queries: [
        query(mysqlBufferPool(scope), `buffer pool, ${instance}`),
        query(mysqlTables(5, scope), '{{schema}}.{{table}}'),
      ],
    }),
    timeSeries({
      title: 'Rows of the greatest tables',
      description: {
        shows:
          'About how many rows the five tables with most of them have, as the server estimates.',
        matters: 'What grows without end is slow one day, and never fits into memory again.',
        act: 'Delete or move what nobody asks for, a few thousand rows at a time; or split the table by time.',
      },
      unit: unit.count,
      thresholds: neutral,
      queries: [query(mysqlTableRows(5, scope), '{{schema}}.{{table}}')],
    }),
    timeSeries({
      title: 'Read and written',
      description: {
        shows: 'Bytes a second that InnoDB read from disk and wrote to it.',
        matters: 'Reads show a pool that is too small, writes are the changes of everybody.',
        act: 'Compare with how busy the disk is on System and infrastructure.',
      },
      unit: unit.bytesPerSecond,
      thresholds: neutral,
      queries: [
        query(mysqlDataRead(scope), `read, ${instance}`),
        query(mysqlDataWritten(scope), `written, ${instance}`),
      ],
    }),
    timeSeries({
      title: 'Row locks',
      description: {
        shows: 'Statements that waited for a row lock at a time, on average.',
        matters: 'They hold connections, and time out all at once.',
        act: 'SHOW ENGINE INNODB STATUS names the transactions; make those short that lock and then call others.',
      },
      unit: unit.count,
      thresholds: badAbove(mysqlThresholds.rowLockBusy),
      queries: [query(mysqlRowLockBusy(scope), instance)],
    }),
    timeSeries({
      title: 'Waits',
      description: {
        shows:
          'Times a second that somebody waited for a row lock, and for a free page of the pool.',
        matters: 'Waits for pages mean that the disk cannot write as fast as changes come.',
        act: 'Pages: raise innodb_io_capacity as far as the disk goes. Locks: take rows in one order everywhere.',
      },
      unit: unit.countsPerSecond,
      thresholds: neutral,
      queries: [
        query(mysqlRowLockWaits(scope), `row locks, ${instance}`),
        query(mysqlBufferPoolWaits(scope), `pages, ${instance}`),
      ],
    }),
  ]);
}
