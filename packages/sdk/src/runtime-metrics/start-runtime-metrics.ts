import type { Telemetry } from '../export/telemetry-handle.ts';
import type { Undo } from '../instrumentations/environment.ts';
import { isMainThread } from '../lifecycle/this-thread.ts';
import { observeActiveResources } from './active-resources.ts';
import { watchEventLoop, watchGarbageCollection } from './event-loop.ts';
import { observeHeap } from './heap.ts';
import { observeProcess } from './process-metrics.ts';

/**
 * Event loop, garbage collection and heap of this thread; CPU, memory, uptime and open files of the process, from the main thread only,
 * because every thread would report the same. Read just before each collection, into meters of ours.
 */
export function startRuntimeMetrics(
  isEnabled: (name: string) => boolean,
  beforeCollect: Telemetry['beforeCollect'],
): Undo[] {
  if (!isEnabled('runtime-node')) return [];
  const eventLoop = watchEventLoop();
  const observe = async () => {
    eventLoop.observe();
    observeHeap();
    observeActiveResources();
    if (isMainThread()) await observeProcess();
  };
  return [beforeCollect(observe), eventLoop.stop, watchGarbageCollection()];
}
