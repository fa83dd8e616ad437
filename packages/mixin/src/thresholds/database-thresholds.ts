/** The same constants colour panels and fire alerts. Shares are 0 to 1, times seconds. */
export const databaseThresholds = {
  /** 99th percentile of operations, Redis left out. */
  operationP99: { warning: 0.5, critical: 1 },
  /** Share of operations that failed. */
  errorRatio: { warning: 0.05, critical: 0.2 },
  /** Operations a second below which shares and percentiles say nothing. */
  minimumRate: 0.1,
  /** Share of a pool's connections at work. */
  poolShare: { warning: 0.8, critical: 0.95 },
  /** Requests that wait for a connection, on average over 5 minutes. */
  poolPending: { warning: 1, critical: 10 },
  /** 95th percentile of the wait for a connection. */
  poolWaitP95: { warning: 0.1, critical: 1 },
  /** Share of the sessions that PostgreSQL allows. */
  connectionShare: { warning: 0.8, critical: 0.95 },
  /** Share of blocks found in PostgreSQL's own cache; lower is worse. */
  cacheHitRatio: { warning: 0.95, critical: 0.9 },
  /** Share of transactions that were rolled back. */
  rollbackShare: { warning: 0.05, critical: 0.2 },
  /** Deadlocks of a database within 15 minutes. */
  deadlocks: { warning: 3 },
  /** The oldest open transaction. */
  longestTransaction: { warning: 300, critical: 1_800 },
} as const;
