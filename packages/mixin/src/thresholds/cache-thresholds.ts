/** The same constants colour panels and fire alerts. Shares are 0 to 1, times seconds. */
export const cacheThresholds = {
  /** Share of lookups that the cache answers; lower is worse. */
  hitRatio: { warning: 0.5, critical: 0.2 },
  /** Lookups a second below which a hit ratio says nothing. */
  minimumRate: 0.5,
  /** 99th percentile of a command of Redis, as the services see it. */
  operationP99: { warning: 0.1, critical: 0.5 },
  /** Share of `maxmemory` in use. */
  memoryShare: { warning: 0.9, critical: 0.98 },
  /** Keys a second dropped for lack of memory. */
  evictions: { warning: 1, critical: 100 },
  /** Connections a second that Redis refused. */
  rejections: { warning: 0.1 },
} as const;
