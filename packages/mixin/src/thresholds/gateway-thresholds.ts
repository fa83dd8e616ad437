/** The same constants colour panels and fire alerts. Shares are 0 to 1, times seconds. */
export const gatewayThresholds = {
  /** Share of the requests passed on that were not answered, or with 5xx, over 5 minutes. */
  upstreamFailures: { warning: 0.05, critical: 0.2 },
  /** Requests passed on a second, below which nothing is judged. */
  minimumRate: 0.1,
  /** 95th percentile of the time that an upstream takes. */
  upstreamP95: { warning: 1, critical: 5 },
  /** Share of a tenant's requests that were refused because it sends too many, over 10 minutes. */
  limitedShare: { warning: 0.1 },
  /** Requests refused so, in 10 minutes, below which no share is judged. */
  comparableLimited: 50,
} as const;
