import { collector } from '../../metrics/collector.ts';
import { series } from '../test-series.ts';
import { aCollector, toPrometheus } from './servers-in-tests.ts';

/** A queue of a million items, as promtool reads it. */
export function queueSeries(
  size: string,
  kind: 'metrics' | 'traces' | 'logs' = 'metrics',
): Readonly<Record<string, string>> {
  const queue = { ...aCollector, ...toPrometheus, data_type: kind };
  return {
    [series(collector.queueSize, queue)]: size,
    [series(collector.queueCapacity, queue)]: '1000000x120',
  };
}
