import type { HistogramBuckets } from './instruments/create-cells.ts';
import { sharedState, type Takeover } from './state/shared-state.ts';
import type { RequestStore } from './tenant/request-store.ts';

export { OTHER } from './attributes/kinds.ts';
export type { HistogramBuckets } from './instruments/create-cells.ts';
export type {
  MeasuredCells,
  MeasuredInstrument,
  MeasuredSeries,
} from './state/measured.ts';
export type {
  CollectionResult,
  DataPoint,
  ExplicitValue,
  ExponentialValue,
  MetricData,
  MetricProducer,
  ScopeMetrics,
} from './state/metric-data.ts';
export type { Takeover } from './state/shared-state.ts';
export type { RequestStore } from './tenant/request-store.ts';
export { createRequestStore, requestStoreOf, withRequestStore } from './tenant/request-store.ts';
export { TENANT_ATTRIBUTE } from './tenant/tenant-attribute.ts';
export {
  configureTenants,
  lifetimeTenantLabel,
  resolveTenant,
  tenantLabel,
} from './tenant/tenant-label.ts';
export type { TenantOptions } from './tenant/tenant-options.ts';
export type { TenantRef } from './tenant/tenant-ref.ts';

/**
 * Our SDK is here: cells are exported by `producer` (a reader's `metricProducers`) from now on, with all that was
 * recorded before. Call it before registering a MeterProvider. `release()` ends it; cells keep their values.
 * `buckets`: `exponential` in place of the boundaries of every histogram that nothing was recorded into yet. Default `explicit`.
 */
export function takeOver(options: { readonly buckets?: HistogramBuckets } = {}): Takeover {
  return sharedState().takeOver(options.buckets);
}

/**
 * Runs `record`, whose recordings then carry the tenant of `store`, wherever it is called from. Only for what is done when it returns: what it
 * starts does not inherit the store, as it would in a context.
 */
export function recordAs(store: RequestStore, record: () => void): void {
  sharedState().requests.as(store, record);
}
