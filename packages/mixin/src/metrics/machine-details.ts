import { scraped } from './metric.ts';

const device = ['device'];

/** More of what node_exporter tells: for looking, not for alerts. */
export const machine = {
  reads: scraped('node_disk_reads_completed_total', 'counter', 'Reads', device),
  writes: scraped('node_disk_writes_completed_total', 'counter', 'Writes', device),
  readTime: scraped('node_disk_read_time_seconds_total', 'counter', 'Time of all reads', device),
  writeTime: scraped('node_disk_write_time_seconds_total', 'counter', 'Time of all writes', device),
  receiveDrops: scraped(
    'node_network_receive_drop_total',
    'counter',
    'Packets received and dropped',
    device,
  ),
  sendDrops: scraped(
    'node_network_transmit_drop_total',
    'counter',
    'Packets dropped before they were sent',
    device,
  ),
} as const;
