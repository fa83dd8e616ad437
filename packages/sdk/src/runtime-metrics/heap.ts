import { differences } from './observed-value.ts';
import { runtimeMeters as meters } from './runtime-meters.ts';

const growth = differences();

/** The spaces of this thread's heap and its limit: a thread has a heap, and may have a limit, of its own. */
export function observeHeap(): void {
  // Loaded with the first collection: it takes longer than all of the SDK's own code at start.
  const { getHeapSpaceStatistics, getHeapStatistics } = process.getBuiltinModule('node:v8');
  meters.heapSizeLimit.set(getHeapStatistics().heap_size_limit);
  for (const space of getHeapSpaceStatistics()) {
    const attributes = { 'v8js.heap.space.name': space.space_name };
    meters.spaceSize.add(growth(space.space_name, space.space_size), attributes);
    meters.heapUsed.set(space.space_used_size, attributes);
    meters.spaceAvailable.set(space.space_available_size, attributes);
    meters.spacePhysical.set(space.physical_space_size, attributes);
  }
}
