import type { AlertSource } from './alert.ts';
import { containerMemoryNearLimit } from './container/container-memory-near-limit.ts';
import { containerOutOfMemory } from './container/container-out-of-memory.ts';
import { containerRestarting } from './container/container-restarting.ts';
import { containerThrottledHigh } from './container/container-throttled.ts';

/** What containers suffer from, as cAdvisor tells it. */
export const containerAlerts: readonly AlertSource[] = [
  containerMemoryNearLimit,
  containerOutOfMemory,
  containerThrottledHigh,
  containerRestarting,
];
