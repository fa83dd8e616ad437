/**
 * A forecast is asked only above these: a line through a few hours of something that is hardly used says much and means little. The same
 * constants colour panels and fire alerts. Shares are 0 to 1.
 */
export const capacityThresholds = {
  /** Share of a machine's memory that programs can no longer get. */
  hostMemory: { warning: 0.7 },
  /** Share of the heap limit in use. */
  heap: { warning: 0.5 },
  /** Share of the sessions that PostgreSQL allows. */
  connections: { warning: 0.5 },
  /** How many times as many series Prometheus will have in a week. */
  seriesGrowth: { warning: 2 },
  /** Series of Prometheus below which growth costs nothing worth a word. */
  comparableSeries: 100_000,
} as const;
