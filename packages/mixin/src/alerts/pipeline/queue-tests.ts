import { collector } from '../../metrics/collector.ts';
import { series } from '../test-series.ts';
import { aCollector, toPrometheus } from './servers-in-tests.ts';

const queue = { ...aCollector, ...toPrometheus, data_type: 'metrics' };

/** A queue of a million points, as promtool reads it. */
export const queueSeries = (size: string): Readonly<Record<string, string>> => ({
  [series(collector.queueSize, queue)]: size,
  [series(collector.queueCapacity, queue)]: '1000000x120',
});
