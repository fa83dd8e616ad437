import type { Metric } from './metric.ts';

/**
 * What Prometheus writes for every resource that sends OTLP: its attributes as labels, always 1. Name, namespace and instance
 * id of the service are in `job` and `instance` only.
 */
export const targetInfo: Metric = {
  name: 'target_info',
  kind: 'gauge',
  unit: '',
  description: 'Resource attributes of everything that sends OTLP',
  origin: 'service',
  tenant: false,
  labels: ['service_version'],
};
