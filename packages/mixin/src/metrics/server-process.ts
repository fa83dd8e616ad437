import { scraped } from './metric.ts';

/** What every server of the stack that is written in Go tells about its own process when it is scraped. */
export const serverProcess = {
  startTime: scraped('process_start_time_seconds', 'gauge', 'When the process started, Unix time'),
  memory: scraped('process_resident_memory_bytes', 'gauge', 'Resident memory'),
  cpu: scraped('process_cpu_seconds_total', 'counter', 'CPU time'),
} as const;
