/** The same constants colour panels and fire alerts. Shares are 0 to 1. */
export const hostThresholds = {
  /** Share of time that cores are not idle. */
  cpu: { warning: 0.8, critical: 0.95 },
  /** Runnable tasks for each core. */
  load: { warning: 1.5, critical: 3 },
  /** Share of memory that programs can no longer get. */
  memory: { warning: 0.9, critical: 0.95 },
  /** Share of disk space in use. The forecast is asked only above `warning`. */
  disk: { warning: 0.7, critical: 0.95 },
  inodes: { warning: 0.8, critical: 0.95 },
  /** Share of time with I/O under way. */
  diskBusy: { warning: 0.8, critical: 0.95 },
  /** Share of the open files that the machine allows. */
  openFiles: { warning: 0.7, critical: 0.9 },
} as const;
