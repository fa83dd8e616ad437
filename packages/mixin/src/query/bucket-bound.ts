import type { Metric } from '../metrics/metric.ts';

/** A bucket bound as the label `le` has it: OTLP writes whole numbers as `1`, scrapes as `1.0`. */
export const bucketBound = ({ origin }: Metric, bound: number): string =>
  origin === 'scraped' && Number.isInteger(bound) ? `${bound}.0` : `${bound}`;
