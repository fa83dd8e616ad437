import type { Metric } from '../../metrics/metric.ts';
import { series } from '../test-series.ts';

/** The labels of a machine in tests of alerts. */
export const machine = {
  deployment_environment_name: 'production',
  job: 'node-exporter',
  instance: '10.0.0.7:9100',
} as const;

/** A file system of it. */
export const disk = {
  ...machine,
  device: '/dev/vda1',
  fstype: 'ext4',
  mountpoint: '/var/lib',
} as const;

export const machineSeries = (
  metric: Metric,
  labels: Readonly<Record<string, string>> = {},
): string => series(metric, { ...machine, ...labels });
