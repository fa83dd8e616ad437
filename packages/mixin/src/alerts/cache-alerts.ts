import type { AlertSource } from './alert.ts';
import { cacheHitRatioLow } from './cache/cache-hit-ratio-low.ts';
import { redisDown } from './cache/redis-down.ts';
import { redisEvictionsHigh } from './cache/redis-evictions.ts';
import { redisMemoryHigh } from './cache/redis-memory-high.ts';
import { redisSlow } from './cache/redis-slow.ts';

/** Caches as services see them, and Redis as its exporter sees it. */
export const cacheAlerts: readonly AlertSource[] = [
  redisDown,
  redisSlow,
  redisEvictionsHigh,
  redisMemoryHigh,
  cacheHitRatioLow,
];
