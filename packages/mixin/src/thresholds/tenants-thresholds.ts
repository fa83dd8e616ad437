/** The same constants colour panels and fire alerts. */
export const tenantsThresholds = {
  /** Recordings a second that were added up under `__other__`: none is right. */
  foldedRate: { warning: 0 },
  /** Malformed tenant ids a second. A scanner now and then is no news. */
  refusedIdRate: { warning: 0.1 },
  /** Recordings a second that a meter refused. */
  refusedRecordingRate: { warning: 0.1 },
} as const;
