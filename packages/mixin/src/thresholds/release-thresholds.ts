/** From when on a new version is clearly worse than what ran before it. The same constants colour panels and fire alerts. */
export const releaseThresholds = {
  /** Share of requests that a version fails: below it nothing is compared. */
  errorRatio: { warning: 0.02 },
  /** How many times as many it fails. */
  errorFactor: { warning: 2 },
  /** 95th percentile of the time to answer, below which nobody feels a difference. */
  latencyP95: { warning: 0.1 },
  /** How many times as long it takes. */
  latencyFactor: { warning: 1.5 },
} as const;
