import { scraped } from './metric.ts';

const database = ['datid', 'datname'];

function perDatabase(column: string, description: string) {
  return scraped(`pg_stat_database_${column}`, 'counter', description, database);
}

/**
 * What postgres_exporter tells, names that 0.11 and later versions share.
 * @see https://github.com/prometheus-community/postgres_exporter
 */
export const postgres = {
  up: scraped('pg_up', 'gauge', '1 while the exporter can ask the server'),
  sessions: scraped('pg_stat_activity_count', 'gauge', 'Sessions, by state', ['datname', 'state']),
  longestTransaction: scraped(
    'pg_stat_activity_max_tx_duration',
    'gauge',
    'Seconds that the oldest transaction is open, by state',
    ['datname', 'state'],
  ),
  maxConnections: scraped(
    'pg_settings_max_connections',
    'gauge',
    'Sessions that the server allows',
  ),
  size: scraped('pg_database_size_bytes', 'gauge', 'Disk space of a database', ['datname']),
  locks: scraped('pg_locks_count', 'gauge', 'Locks that are held or waited for, by mode', [
    'datname',
    'mode',
  ]),
  commits: perDatabase('xact_commit', 'Transactions committed'),
  rollbacks: perDatabase('xact_rollback', 'Transactions rolled back'),
  deadlocks: perDatabase('deadlocks', 'Transactions ended because they waited for each other'),
  blocksHit: perDatabase('blks_hit', 'Blocks found in the cache of the server'),
  blocksRead: perDatabase('blks_read', 'Blocks read from disk or the operating system'),
  rowsReturned: perDatabase('tup_returned', 'Rows and index entries that scans went over'),
  rowsFetched: perDatabase('tup_fetched', 'Rows that index scans found'),
  rowsInserted: perDatabase('tup_inserted', 'Rows inserted'),
  rowsUpdated: perDatabase('tup_updated', 'Rows updated'),
  rowsDeleted: perDatabase('tup_deleted', 'Rows deleted'),
  temporaryBytes: perDatabase('temp_bytes', 'Bytes that queries spilled to disk'),
} as const;
