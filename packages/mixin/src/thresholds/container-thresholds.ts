/** The same constants colour panels and fire alerts. Shares are 0 to 1. */
export const containerThresholds = {
  /** Share of periods in which a container had to wait for its CPU limit. */
  throttled: { warning: 0.25 },
  /** Share of its memory limit that a container uses. */
  memoryShare: { warning: 0.9, critical: 0.97 },
  /** Starts of one container within half an hour. */
  restarts: { warning: 3 },
  /** Kills for want of memory: none is right. */
  outOfMemory: { warning: 0 },
} as const;
