/** What is usual is asked of the same hour of so many weeks before; Prometheus must keep a little more than that. */
export const BASELINE_WEEKS = 4;

/** The same constants colour panels and fire alerts. */
export const baselineThresholds = {
  /** Spreads from the median beyond which an hour is not usual any more. */
  distance: { warning: 3 },
  /**
   * The least spread, as a share of the median, where one week alone is known; it shrinks with the root of the number of weeks, to
   * half of it for four. The band of a steady week is then the median and 30 % of it, that of the first week 60 %.
   */
  leastSpread: 0.2,
  /** Requests of an hour below which nothing is compared. */
  comparableRequests: 100,
  /** The same for one tenant: below it a tenant has no baseline at all, which bounds their number. */
  comparableTenantRequests: 100,
  /** Paid orders of an hour below which nothing is compared: a quiet hour is not a fault. */
  comparableOrders: 30,
} as const;
