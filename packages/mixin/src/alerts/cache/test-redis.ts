import type { Metric } from '../../metrics/metric.ts';
import { series } from '../test-series.ts';

/** The labels of a Redis server in tests of alerts: those of its exporter. */
export const redisServer = {
  deployment_environment_name: 'production',
  job: 'redis-exporter',
  instance: '10.0.0.6:9121',
} as const;

export const redisSeries = (metric: Metric): string => series(metric, redisServer);
