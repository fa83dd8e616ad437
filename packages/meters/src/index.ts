export type {
  AttributeKind,
  AttributeKinds,
  AttributesOf,
  AttributeValue,
  OneOf,
  Optional,
  UpTo,
} from './attributes/kinds.ts';
export { oneOf, optional, upTo } from './attributes/kinds.ts';
export type { CatalogInstrument, MeterCatalog } from './catalog/catalog-of.ts';
export { catalogOf } from './catalog/catalog-of.ts';
export type { DefineMetersOptions, MeterDefinitions, Meters } from './catalog/define-meters.ts';
export { defineMeters } from './catalog/define-meters.ts';
export type {
  CounterOptions,
  ExponentialOptions,
  HistogramOptions,
  InstrumentDefinition,
  InstrumentKind,
  InstrumentOptions,
  RenamedFrom,
} from './catalog/definition.ts';
export { counter, gauge, histogram, upDownCounter } from './catalog/definition.ts';
export type {
  AvailabilityObjective,
  CounterObjective,
  EventSelection,
  HistogramObjective,
  InstrumentObjective,
  LatencyObjective,
} from './catalog/objective.ts';
export { withObjective } from './catalog/with-objective.ts';
export type { MeterError, MeterErrorCode } from './errors.ts';
export type {
  BoundCounter,
  BoundGauge,
  BoundHistogram,
  Counter,
  Gauge,
  Histogram,
  TenantCounter,
  TenantGauge,
  TenantHistogram,
  UpDownCounter,
} from './instruments/instrument-types.ts';
export { setRoute } from './tenant/set-route.ts';
export { currentTenant, isTenantId, runWithTenant, setTenant } from './tenant/tenant.ts';
