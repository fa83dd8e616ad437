/** The same constants colour panels and fire alerts. Ratios are 0 to 1, times seconds. */
export const serviceThresholds = {
  /** Share of requests answered with 5xx, over 5 minutes. */
  errorRatio: { warning: 0.01, critical: 0.05 },
  /** 99th percentile of request time, over 5 minutes. */
  latencyP99: { warning: 1, critical: 2.5 },
  /** Share of the requests of one tenant answered with 5xx, over 10 minutes. */
  tenantErrorRatio: { warning: 0.05 },
  /** 95th percentile of the request time of one tenant, over 10 minutes: so few requests have no 99th. */
  tenantLatencyP95: { warning: 1 },
  /** Requests a second below which shares and percentiles say nothing, so that no alert looks at them. */
  minimumRate: 0.1,
  /** Failed or slow requests a second below which nobody is woken up: fewer than five in five minutes. */
  minimumFailureRate: 0.015,
  /** Requests a second of one tenant below which nothing is judged: 30 requests in 10 minutes. */
  tenantMinimumRate: 0.05,
  /** Requests a second over an hour from which silence is no chance: 6 a minute. */
  expectedRate: 0.1,
} as const;
