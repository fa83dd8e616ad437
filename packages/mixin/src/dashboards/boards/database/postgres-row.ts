import type { ResolvedSpec } from '../../../monitoring-spec.ts';
import {
  postgresCacheHitRatio,
  postgresCommits,
  postgresDeadlocks,
  postgresLocks,
  postgresLongestTransaction,
  postgresMaxConnections,
  postgresRollbackShare,
  postgresRollbacks,
  postgresRowsChanged,
  postgresSessions,
  postgresSize,
  postgresTemporaryBytes,
} from '../../../queries/postgres-queries.ts';
import { panelScope } from '../../../query/query-scope.ts';
import { databaseThresholds } from '../../../thresholds/database-thresholds.ts';
import { type Row, row } from '../../frame/layout.ts';
import { query } from '../../panels/panel-query.ts';
import { badAbove, badBelow, neutral } from '../../panels/panel-thresholds.ts';
import { unit } from '../../panels/panel-units.ts';
import { timeSeries } from '../../panels/time-series.ts';

/** PostgreSQL about itself, by postgres_exporter. */
export function postgresRow({ histograms }: ResolvedSpec): Row {
  const scope = panelScope(histograms);
  return row('PostgreSQL', [
    timeSeries({
      title: 'Sessions',
      description: {
        shows: 'Sessions by state, and how many the server allows.',
        matters: 'At the limit nobody gets in, migrations and you yourself included.',
        act: '`idle in transaction` holds locks and does nothing: find it in pg_stat_activity and end it. Near the limit: make pools smaller.',
      },
      unit: unit.count,
      thresholds: neutral,
      queries: [
        query(`${postgresSessions(scope, ['state'])} > 0`, '{{state}}'),
        query(postgresMaxConnections(scope), 'allowed, {{instance}}'),
      ],
    }),
    timeSeries({
      title: 'Oldest open transaction',
      description: {
        shows: 'Seconds that the oldest open transaction has been open.',
        matters: 'It holds its locks, and vacuum can not remove anything that is younger.',
        act: 'SELECT pid, query FROM pg_stat_activity ORDER BY xact_start LIMIT 5; end it with pg_terminate_backend(pid).',
      },
      unit: unit.seconds,
      thresholds: badAbove(databaseThresholds.longestTransaction),
      queries: [query(postgresLongestTransaction(scope), '{{instance}}')],
    }),
    timeSeries({
      title: 'Transactions',
      description: {
        shows: 'Transactions a second that were committed and rolled back, by database.',
        matters: 'Commits are the work that the server really does.',
        act: 'More of them at the same traffic: statements that are not grouped in a transaction any more.',
      },
      unit: unit.operationsPerSecond,
      thresholds: neutral,
      queries: [
        query(postgresCommits(scope), '{{datname}} committed'),
        query(postgresRollbacks(scope), '{{datname}} rolled back'),
      ],
    }),
    timeSeries({
      title: 'Share of transactions rolled back',
      description: {
        shows: 'Transactions that were rolled back as a share of all, by database.',
        matters: 'Work done for nothing, and something that a user asked for and did not get.',
        act: 'Look at Failed operations by model, then at deadlocks and broken constraints in the log of the server.',
      },
      unit: unit.ratio,
      thresholds: badAbove(databaseThresholds.rollbackShare),
      queries: [query(postgresRollbackShare(scope), '{{datname}}')],
    }),
    timeSeries({
      title: 'Blocks found in the cache',
      description: {
        shows: 'Share of blocks that the server found in its own cache, by database.',
        matters: 'What is not there comes from disk, a hundred times slower.',
        act: 'Below the line for long: raise shared_buffers, or find the table that is read from end to end below.',
      },
      unit: unit.ratio,
      thresholds: badBelow(databaseThresholds.cacheHitRatio),
      max: 1,
      queries: [query(postgresCacheHitRatio(scope), '{{datname}}')],
    }),
    timeSeries({
      title: 'Size of databases',
      description: {
        shows: 'Bytes on disk, by database.',
        matters: 'It only grows; a disk that is full stops the server.',
        act: 'Compare with the forecast on System and infrastructure. A jump: find the table with pg_total_relation_size.',
      },
      unit: unit.bytes,
      thresholds: neutral,
      queries: [query(postgresSize(scope), '{{datname}}')],
    }),
    timeSeries({
      title: 'Deadlocks',
      description: {
        shows:
          'Transactions that the server ended because they waited for each other, within the last 15 minutes, by database.',
        matters: 'Each one is a request that failed although nothing was wrong with it.',
        act: 'The log of the server names both statements. Take the locks in the same order everywhere, and try again on 40P01.',
      },
      unit: unit.count,
      thresholds: badAbove(databaseThresholds.deadlocks),
      queries: [query(postgresDeadlocks({ ...scope, window: '15m' }), '{{datname}}')],
    }),
    timeSeries({
      title: 'Locks',
      description: {
        shows: 'Locks that are held or waited for, by mode.',
        matters:
          'AccessExclusiveLock stops everybody, readers too: usually a migration in working hours.',
        act: 'SELECT * FROM pg_locks WHERE NOT granted; pg_blocking_pids(pid) names who is in the way.',
      },
      unit: unit.count,
      thresholds: neutral,
      queries: [query(`${postgresLocks(scope, ['mode'])} > 0`, '{{mode}}')],
    }),
    timeSeries({
      title: 'Rows changed',
      description: {
        shows: 'Rows a second that were inserted, updated or deleted, by database.',
        matters: 'Every one is written twice, to the log and to the table, and vacuumed later.',
        act: 'A jump without orders: a job that updates every row. Make it write only what changed.',
      },
      unit: unit.countsPerSecond,
      thresholds: neutral,
      queries: [query(postgresRowsChanged(scope), '{{datname}}')],
    }),
    timeSeries({
      title: 'Spilled to disk',
      description: {
        shows:
          'Bytes a second that sorts and joins wrote to temporary files for want of memory, by database.',
        matters: 'Such a query is slow, and takes the disk from all others.',
        act: 'Set log_temp_files to see which; add an index for its order, or raise work_mem for that one.',
      },
      unit: unit.bytesPerSecond,
      thresholds: neutral,
      queries: [query(postgresTemporaryBytes(scope), '{{datname}}')],
    }),
  ]);
}
