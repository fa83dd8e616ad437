import type { Metric } from '../../metrics/metric.ts';
import { series } from '../test-series.ts';

const id =
  '/system.slice/docker-4f2a9c01d7be5a3344f1a5c2b9d8e7f60123456789abcdef0123456789abcdef.scope';

/** A container in tests of alerts, as cAdvisor names it that may not ask the engine. */
export const container = {
  deployment_environment_name: 'production',
  job: 'cadvisor',
  instance: 'cadvisor:8080',
  id,
} as const;

export const containerSeries = (
  metric: Metric,
  labels: Readonly<Record<string, string>> = {},
): string => series(metric, { ...container, ...labels });
