/** The same constants colour panels and fire alerts. Shares are 0 to 1, times seconds. */
export const mysqlThresholds = {
  /** Share of the connections that the server allows. */
  connectionShare: { warning: 0.8, critical: 0.95 },
  /** Seconds that a replica is behind. */
  replicaLag: { warning: 30, critical: 300 },
  /** Statements within 15 minutes that took longer than the server's `long_query_time`, 10 s unless it was set. */
  slowQueries: { warning: 5 },
  /** Share of the pages that were in the buffer pool; lower is worse. */
  bufferPoolHitRatio: { warning: 0.99, critical: 0.95 },
  /** Pages a second below which that share says nothing. */
  minimumPages: 100,
  /** Seconds a second that row locks are waited for. */
  rowLockBusy: { warning: 1, critical: 5 },
} as const;
