/** The same constants colour panels and fire alerts. Ratios are 0 to 1. */
export const businessThresholds = {
  /** Share of attempts to pay that were declined, over 15 minutes. One in five is usual for cards. */
  declineRatio: { warning: 0.35, critical: 0.7 },
  /** Attempts to pay in 15 minutes below which no ratio is judged. */
  comparablePayments: 20,
  /** Share of attempts to log in that worked, over 15 minutes. */
  loginSuccessRatio: { warning: 0.5 },
  /** Attempts to log in, in 15 minutes, below which no ratio is judged. */
  comparableLogins: 20,
  /** Cancellations in a day below which no ratio is judged. */
  comparableCancellations: 3,
  /** Share of the monthly recurring revenue of a day before that was cancelled in that day. */
  churnRatio: { warning: 0.05 },
  /** Tenant health score, 0 to 1: below it somebody should look at that tenant. */
  tenantHealth: { warning: 0.9, critical: 0.75 },
} as const;
