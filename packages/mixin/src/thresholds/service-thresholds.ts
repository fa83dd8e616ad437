/** The same constants colour panels and fire alerts. Ratios are 0 to 1, times seconds. */
export const serviceThresholds = {
  /** Share of requests answered with 5xx, over 5 minutes. */
  errorRatio: { warning: 0.01, critical: 0.05 },
  /** 99th percentile of request time, over 5 minutes. */
  latencyP99: { warning: 1, critical: 2.5 },
} as const;
