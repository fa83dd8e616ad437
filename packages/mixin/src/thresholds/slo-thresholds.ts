export const sloThresholds = {
  /**
   * How many times faster than the objective allows the budget is spent, over a long window that shows that it matters and a short one that
   * shows that it still goes on. 14.4 for an hour is 2 % of a budget of 30 days, 6 for six hours 5 %, 3 for a day 10 %, 1 for three days 10 %.
   * @see https://sre.google/workbook/alerting-on-slos/#6-multiwindow-multi-burn-rate-alerts
   */
  fast: [
    { factor: 14.4, long: '1h', short: '5m' },
    { factor: 6, long: '6h', short: '30m' },
  ],
  slow: [
    { factor: 3, long: '1d', short: '2h' },
    { factor: 1, long: '3d', short: '6h' },
  ],
  /** Failures within the hour (fast) or the day (slow) below which nobody is told: one of three requests at night is no outage. */
  minimumFailures: 10,
  /** Events of a tenant in the same time below which its share says too little. */
  minimumTenantEvents: 100,
  /** Share of the error budget of 30 days that is left. */
  errorBudgetLeft: { warning: 0.25, critical: 0 },
} as const;

export type BurnWindow = (typeof sloThresholds)['fast' | 'slow'][number];
