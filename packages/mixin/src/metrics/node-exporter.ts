import { scraped } from './metric.ts';

const filesystem = ['device', 'fstype', 'mountpoint'];

/** What node_exporter tells about a machine. @see https://github.com/prometheus/node_exporter */
export const node = {
  cpu: scraped('node_cpu_seconds_total', 'counter', 'CPU time, by core and mode', ['cpu', 'mode']),
  load1: scraped('node_load1', 'gauge', 'Runnable and blocked tasks, mean of 1 minute'),
  load5: scraped('node_load5', 'gauge', 'Runnable and blocked tasks, mean of 5 minutes'),
  load15: scraped('node_load15', 'gauge', 'Runnable and blocked tasks, mean of 15 minutes'),
  bootTime: scraped('node_boot_time_seconds', 'gauge', 'When the machine started, Unix time'),
  memoryTotal: scraped('node_memory_MemTotal_bytes', 'gauge', 'Memory of the machine'),
  memoryAvailable: scraped(
    'node_memory_MemAvailable_bytes',
    'gauge',
    'Memory that programs can still get without swapping',
  ),
  filesystemSize: scraped('node_filesystem_size_bytes', 'gauge', 'Size', filesystem),
  filesystemFree: scraped(
    'node_filesystem_free_bytes',
    'gauge',
    'Free space, with what is reserved for root',
    filesystem,
  ),
  filesystemAvailable: scraped(
    'node_filesystem_avail_bytes',
    'gauge',
    'Space that a program without root can still use',
    filesystem,
  ),
  filesystemReadOnly: scraped(
    'node_filesystem_readonly',
    'gauge',
    '1 where nothing can be written',
    filesystem,
  ),
  inodes: scraped('node_filesystem_files', 'gauge', 'Inodes', filesystem),
  inodesFree: scraped('node_filesystem_files_free', 'gauge', 'Free inodes', filesystem),
  diskRead: scraped('node_disk_read_bytes_total', 'counter', 'Bytes read', ['device']),
  diskWritten: scraped('node_disk_written_bytes_total', 'counter', 'Bytes written', ['device']),
  diskBusy: scraped('node_disk_io_time_seconds_total', 'counter', 'Time with I/O under way', [
    'device',
  ]),
  received: scraped('node_network_receive_bytes_total', 'counter', 'Bytes received', ['device']),
  sent: scraped('node_network_transmit_bytes_total', 'counter', 'Bytes sent', ['device']),
  receiveErrors: scraped('node_network_receive_errs_total', 'counter', 'Bad packets received', [
    'device',
  ]),
  sendErrors: scraped('node_network_transmit_errs_total', 'counter', 'Packets not sent', [
    'device',
  ]),
  openFiles: scraped('node_filefd_allocated', 'gauge', 'Open files of the whole machine'),
  openFilesMax: scraped('node_filefd_maximum', 'gauge', 'Open files that the machine allows'),
} as const;
