import { scraped } from './metric.ts';

/** What names a container: the control group always does, the rest where cAdvisor may ask the engine or is a part of the kubelet. */
const container = ['id', 'name', 'image', 'namespace', 'pod', 'container'];

/**
 * What cAdvisor tells of each container, by itself or in the kubelet. Names as its documentation has them; not tried against a cAdvisor here.
 * @see https://github.com/google/cadvisor/blob/master/docs/storage/prometheus.md
 */
export const cadvisor = {
  cpu: scraped('container_cpu_usage_seconds_total', 'counter', 'CPU time', [...container, 'cpu']),
  periods: scraped(
    'container_cpu_cfs_periods_total',
    'counter',
    'Periods in which its CPU limit was looked at; absent without a limit',
    container,
  ),
  throttledPeriods: scraped(
    'container_cpu_cfs_throttled_periods_total',
    'counter',
    'Periods in which it had to wait for its CPU limit',
    container,
  ),
  memory: scraped(
    'container_memory_working_set_bytes',
    'gauge',
    'Memory that cannot be taken away, which the limit is compared with',
    container,
  ),
  memoryLimit: scraped(
    'container_spec_memory_limit_bytes',
    'gauge',
    'Memory limit; 0 without one, or a number larger than any machine',
    container,
  ),
  startTime: scraped(
    'container_start_time_seconds',
    'gauge',
    'When it started, Unix time',
    container,
  ),
  outOfMemory: scraped(
    'container_oom_events_total',
    'counter',
    'Times that the kernel killed a process of it for want of memory',
    container,
  ),
  received: scraped('container_network_receive_bytes_total', 'counter', 'Bytes received', [
    ...container,
    'interface',
  ]),
  sent: scraped('container_network_transmit_bytes_total', 'counter', 'Bytes sent', [
    ...container,
    'interface',
  ]),
} as const;
