import { runtime } from '../metrics/node-runtime.ts';
import { countBy, maxBy, minBy, rateOfSum } from '../query/aggregation.ts';
import { rate, select, sumBy } from '../query/promql.ts';
import type { QueryScope } from '../query/query-scope.ts';

type By = readonly string[];

const delays = {
  mean: runtime.delayMean,
  p50: runtime.delayP50,
  p90: runtime.delayP90,
  p99: runtime.delayP99,
  max: runtime.delayMax,
} as const;

/** Seconds that the event loop came late, of the worst replica. An idle loop shows about 0.01. */
export const eventLoopDelay = (
  statistic: keyof typeof delays,
  scope: QueryScope,
  by: By = [],
): string => maxBy(by, select(delays[statistic], scope));

/** Share of time that the event loop was busy, 0 to 1, of the busiest replica. */
export const eventLoopUtilization = (scope: QueryScope, by: By = []): string =>
  maxBy(by, select(runtime.utilization, scope));

/** Bytes of the V8 heap in use. By `v8js_heap_space_name`, for where. */
export const heapUsed = (scope: QueryScope, by: By = []): string =>
  sumBy(by, select(runtime.heapUsed, scope));

/** Bytes of heap at which Node gives up. */
export const heapLimit = (scope: QueryScope, by: By = []): string =>
  sumBy(by, select(runtime.heapSizeLimit, scope));

/** Share of the heap limit in use, 0 to 1. Ask by `instance`: replicas do not share a heap. */
export const heapShare = (scope: QueryScope, by: By): string =>
  `${heapUsed(scope, by)} / ${heapLimit(scope, by)}`;

/** Seconds of garbage collection a second: by `instance`, the share of time. By `v8js_gc_type`, for which kind. */
export const gcShare = (scope: QueryScope, by: By = []): string =>
  sumBy(by, rateOfSum(runtime.gcDuration, scope));

/** Garbage collections a second. */
export const gcRate = (scope: QueryScope, by: By = []): string =>
  sumBy(by, rate(runtime.gcDuration, scope));

/** Cores that processes use. 1 is a whole one; by `cpu_mode`, for user and system. */
export const processCpu = (scope: QueryScope, by: By = []): string =>
  sumBy(by, rate(runtime.cpuTime, scope));

/** Resident bytes. */
export const residentMemory = (scope: QueryScope, by: By = []): string =>
  sumBy(by, select(runtime.memoryUsage, scope));

/** Handles and requests that keep the event loop alive. By `v8js_resource_type`, for which. */
export const activeResources = (scope: QueryScope, by: By = []): string =>
  sumBy(by, select(runtime.activeResources, scope));

export const openFiles = (scope: QueryScope, by: By = []): string =>
  sumBy(by, select(runtime.fileDescriptors, scope));

/** Seconds since the youngest process started. */
export const uptime = (scope: QueryScope, by: By = []): string =>
  minBy(by, select(runtime.uptime, scope));

/** Seconds since the oldest process started. */
export const oldest = (scope: QueryScope, by: By = []): string =>
  maxBy(by, select(runtime.uptime, scope));

/** Processes that report. */
export const replicas = (scope: QueryScope, by: By = []): string =>
  countBy(by, select(runtime.uptime, scope));

/**
 * How often processes ended young within the window of the scope: at an age below `young` seconds and silent for `silent`,
 * which is how a process with a new instance each time looks, or back at a smaller uptime under the same instance.
 */
export function earlyDeaths(
  scope: QueryScope,
  by: By,
  { young, silent }: { readonly young: number; readonly silent: string },
): string {
  const series = select(runtime.uptime, scope);
  const resets = sumBy(by, `resets(${series}[${scope.window}])`);
  const replaced = countBy(
    by,
    `last_over_time(${series}[${scope.window}]) < ${young} unless last_over_time(${series}[${silent}])`,
  );
  return `${resets} + (${replaced} or 0 * ${resets})`;
}
