import { backup } from '../../metrics/backup.ts';
import type { Metric } from '../../metrics/metric.ts';
import { series } from '../test-series.ts';

/** The labels of backups in tests of alerts. */
export const backups = {
  deployment_environment_name: 'production',
  job: 'bellwether/backup',
  service_name: 'backup',
} as const;

const said = (metric: Metric) => series(metric, { ...backups, instance: 'backup' });

/** When the last one was made, when one failed, and how often they are to be, in seconds since the start of the test. */
export const success = said(backup.lastSuccess);
export const failure = said(backup.lastFailure);
export const interval = said(backup.interval);

export const HOUR = 3_600;
export const DAY = 24 * HOUR;
