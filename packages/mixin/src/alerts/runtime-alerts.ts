import type { AlertSource } from './alert.ts';
import { eventLoopLagHigh } from './runtime/event-loop-lag-high.ts';
import { garbageCollectionShareHigh } from './runtime/garbage-collection-share-high.ts';
import { heapFilling } from './runtime/heap-filling.ts';
import { heapNearLimit } from './runtime/heap-near-limit.ts';
import { processCpuHigh } from './runtime/process-cpu-high.ts';
import { serviceRestarting } from './runtime/service-restarting.ts';

/** What a process of Node suffers from, mostly before people feel it: none of them pages. */
export const runtimeAlerts: readonly AlertSource[] = [
  eventLoopLagHigh,
  heapNearLimit,
  heapFilling,
  garbageCollectionShareHigh,
  processCpuHigh,
  serviceRestarting,
];
