/** Nobody exports yet: calls go into cells, and histograms keep a bounded log for another SDK. */
export const PENDING = 0;
/** Our SDK exports the cells. */
export const OURS = 1;
/** Another SDK's MeterProvider is registered: calls go through the OpenTelemetry API. */
export const FOREIGN = 2;

export type Mode = typeof PENDING | typeof OURS | typeof FOREIGN;
