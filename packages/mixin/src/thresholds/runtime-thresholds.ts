/** The same constants colour panels and fire alerts. Shares are 0 to 1, times seconds. All are about one process. */
export const runtimeThresholds = {
  /** 99th percentile of the event loop's delay. 10 ms is an idle loop. */
  eventLoopDelayP99: { warning: 0.1, critical: 0.5 },
  /** Share of time that the loop is busy. */
  eventLoopUtilization: { warning: 0.7, critical: 0.9 },
  /** Share of the heap limit in use. */
  heapShare: { warning: 0.85, critical: 0.95 },
  /** Share of time in garbage collection. */
  gcShare: { warning: 0.1, critical: 0.25 },
  /** Cores: JavaScript can use one. */
  cpu: { warning: 0.8, critical: 0.95 },
  /** Processes of a service that ended young within 30 minutes. */
  earlyDeaths: { warning: 3 },
} as const;
