import { scraped } from './metric.ts';

const status = (
  name: string,
  kind: 'counter' | 'gauge',
  description: string,
  labels: readonly string[] = [],
) => scraped(`mysql_global_status_${name}`, kind, description, labels);
const variable = (name: string, description: string) =>
  scraped(`mysql_global_variables_${name}`, 'gauge', description);
const replica = ['channel_name', 'connection_name', 'master_host', 'master_uuid'];

/**
 * What mysqld_exporter tells of MySQL and of MariaDB, names that 0.14 and later versions share.
 * @see https://github.com/prometheus/mysqld_exporter
 */
export const mysql = {
  up: scraped('mysql_up', 'gauge', '1 while the exporter can ask the server'),
  uptime: status('uptime', 'counter', 'Seconds since the server started'),
  connections: status('threads_connected', 'gauge', 'Connections that are open'),
  running: status('threads_running', 'gauge', 'Connections that do something right now'),
  maxConnections: variable('max_connections', 'Connections that the server allows'),
  refused: status(
    'connection_errors_total',
    'counter',
    'Connections that the server refused, by reason',
    ['error'],
  ),
  abortedClients: status('aborted_clients', 'counter', 'Connections that ended without a good-bye'),
  statements: status('commands_total', 'counter', 'Statements, by kind', ['command']),
  slowQueries: status(
    'slow_queries',
    'counter',
    'Statements that took longer than long_query_time',
  ),
  longQueryTime: variable('long_query_time', 'Seconds from which on a statement is slow'),
  diskTables: status(
    'created_tmp_disk_tables',
    'counter',
    'Temporary tables that did not fit into memory',
  ),
  handlers: status('handlers_total', 'counter', 'Steps that statements took in tables, by kind', [
    'handler',
  ]),
  received: status('bytes_received', 'counter', 'Bytes from clients'),
  sent: status('bytes_sent', 'counter', 'Bytes to clients'),
  bufferPoolSize: variable('innodb_buffer_pool_size', 'Bytes of the buffer pool'),
  bufferPoolPages: status(
    'buffer_pool_pages',
    'gauge',
    'Pages of the buffer pool, by what is in them',
    ['state'],
  ),
  bufferPoolDirty: status(
    'buffer_pool_dirty_pages',
    'gauge',
    'Pages of the buffer pool that are not on disk yet',
  ),
  bufferPoolRequests: status(
    'innodb_buffer_pool_read_requests',
    'counter',
    'Pages that were asked of the buffer pool',
  ),
  bufferPoolReads: status(
    'innodb_buffer_pool_reads',
    'counter',
    'Pages that were not in the buffer pool and came from disk',
  ),
  bufferPoolWaits: status(
    'innodb_buffer_pool_wait_free',
    'counter',
    'Times that somebody waited for a free page',
  ),
  dataRead: status('innodb_data_read', 'counter', 'Bytes that InnoDB read from disk'),
  dataWritten: status('innodb_data_written', 'counter', 'Bytes that InnoDB wrote to disk'),
  rowLockWaits: status('innodb_row_lock_waits', 'counter', 'Times that a row lock was waited for'),
  rowLockMs: status(
    'innodb_row_lock_time',
    'counter',
    'Milliseconds that row locks were waited for',
  ),
  tableSize: scraped(
    'mysql_info_schema_table_size',
    'gauge',
    'Bytes of a table, by what they hold: data, indexes, or what is free',
    ['schema', 'table', 'component'],
  ),
  tableRows: scraped('mysql_info_schema_table_rows', 'gauge', 'Rows of a table, about', [
    'schema',
    'table',
  ]),
  replicaLag: scraped(
    'mysql_slave_status_seconds_behind_master',
    'gauge',
    'Seconds that a replica is behind; nothing while it does not replicate',
    replica,
  ),
  replicaSql: scraped(
    'mysql_slave_status_slave_sql_running',
    'gauge',
    '1 while a replica applies what it gets',
    replica,
  ),
  replicaIo: scraped(
    'mysql_slave_status_slave_io_running',
    'gauge',
    '1 while a replica gets anything from its primary',
    replica,
  ),
} as const;
