import { scraped } from './metric.ts';

const table = ['datname', 'schemaname', 'relname'];

/** What postgres_exporter tells about each table of the database that it is connected to (`pg_stat_user_tables`). */
export const postgresTables = {
  sequentialScans: scraped(
    'pg_stat_user_tables_seq_scan',
    'counter',
    'Scans without an index',
    table,
  ),
  sequentialRows: scraped(
    'pg_stat_user_tables_seq_tup_read',
    'counter',
    'Rows that scans without an index went over',
    table,
  ),
  indexScans: scraped('pg_stat_user_tables_idx_scan', 'counter', 'Scans of an index', table),
  deadRows: scraped(
    'pg_stat_user_tables_n_dead_tup',
    'gauge',
    'Rows that are no longer visible and not vacuumed yet',
    table,
  ),
} as const;
