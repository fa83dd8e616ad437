import { scraped } from './metric.ts';

/** The write-ahead log of Prometheus: what is lost with it was not in a block yet. */
export const prometheusWal = {
  size: scraped('prometheus_tsdb_wal_storage_size_bytes', 'gauge', 'Bytes of the write-ahead log'),
  outOfOrderSize: scraped(
    'prometheus_tsdb_out_of_order_wbl_storage_size_bytes',
    'gauge',
    'Bytes of the log of samples that came late',
  ),
  writesFailed: scraped('prometheus_tsdb_wal_writes_failed_total', 'counter', 'Writes that failed'),
  corruptions: scraped('prometheus_tsdb_wal_corruptions_total', 'counter', 'Corruptions found'),
} as const;
