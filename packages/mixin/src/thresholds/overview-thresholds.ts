import { serviceThresholds } from './service-thresholds.ts';

/** Levels of numbers that only overviews show. */
export const overviewThresholds = {
  /** Alerts that wake somebody up, and alerts for working hours: one is one too many. */
  firingCritical: { critical: 1 },
  firingWarning: { warning: 1 },
  /** Share of requests that were not answered with 5xx: the error ratio of the alerts, the other way round. */
  availability: {
    warning: 1 - serviceThresholds.errorRatio.warning,
    critical: 1 - serviceThresholds.errorRatio.critical,
  },
} as const;
