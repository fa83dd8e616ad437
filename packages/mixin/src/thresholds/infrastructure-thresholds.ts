/** Levels that only colour panels: alerts about the same things do not compare with a number. */
export const infrastructureThresholds = {
  /** 1 for a target that is reached, 0 for one that is not. */
  targetUp: { critical: 1 },
  /** Restarts of servers of the stack within the range of a dashboard. */
  serverRestarts: { warning: 1 },
  /** 1 while the Watchdog fires. */
  watchdog: { critical: 1 },
  /** Samples a second that Prometheus refused, and faults of its log: none is right. */
  refusedSamples: { warning: 0 },
  walFaults: { warning: 0 },
} as const;
