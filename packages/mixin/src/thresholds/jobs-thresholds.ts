/** The same constants colour panels and fire alerts. Shares are 0 to 1, times seconds. */
export const jobsThresholds = {
  /** Age of the job that waits longest in a queue. */
  oldestWaiting: { warning: 300 },
  /** 95th percentile of the wait before the first attempt. */
  waitP95: { warning: 30 },
  /** Share of the jobs of a queue that were given up, over 30 minutes. */
  givenUp: { warning: 0.05 },
  /** Jobs given up in 30 minutes, below which no share is judged. */
  comparableGivenUp: 5,
  /** Since a nightly task last succeeded: a day, and two hours for it to run. */
  sinceSuccess: { warning: 93_600 },
} as const;
