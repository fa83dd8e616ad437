/** When backups need a look. */
export const backupThresholds = {
  /** Planned intervals since the last one: one may be late or fail, and be made up for. */
  intervals: { warning: 2 },
} as const;
