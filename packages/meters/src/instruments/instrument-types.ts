import type { AttributeKinds, AttributesArgument } from '../attributes/kinds.ts';
import type { InstrumentDefinition } from '../catalog/definition.ts';

/** No attributes declared. */
type None = Record<never, never>;

/** Attributes checked once; `add` then only finds the tenant's cell. */
export interface BoundCounter {
  /** Never throws: NaN, infinity and (counters) negative values are refused and counted. */
  add(value: number): void;
}

/** Attributes checked once; `set` then only finds the tenant's cell. Never throws. */
export interface BoundGauge {
  set(value: number): void;
}

/** Attributes checked once; `record` then only finds the tenant's cell. Never throws. */
export interface BoundHistogram {
  record(value: number): void;
}

/** A counter or up-down counter for one fixed tenant. */
export interface TenantCounter<D extends AttributeKinds> {
  add(value: number, ...attributes: AttributesArgument<D>): void;
  bind(...attributes: AttributesArgument<D>): BoundCounter;
}

/** A gauge for one fixed tenant. */
export interface TenantGauge<D extends AttributeKinds> {
  set(value: number, ...attributes: AttributesArgument<D>): void;
  bind(...attributes: AttributesArgument<D>): BoundGauge;
}

/** A histogram for one fixed tenant. */
export interface TenantHistogram<D extends AttributeKinds> {
  record(value: number, ...attributes: AttributesArgument<D>): void;
  bind(...attributes: AttributesArgument<D>): BoundHistogram;
}

/**
 * Adds to the series of the current tenant and the given attributes. Never throws: what is refused is counted in
 * `bellwether.meters.refused` and said once by OpenTelemetry's `diag`.
 * @example meters.ordersPlaced.add(1, { status: 'paid' });
 */
export interface Counter<D extends AttributeKinds = None> extends TenantCounter<D> {
  /** The same instrument for a tenant that is not the current one; a malformed id records without tenant. */
  forTenant(id: string): TenantCounter<D>;
}

/** What `upDownCounter()` becomes: `add` takes negative values too. @example meters.openCarts.add(-1); */
export type UpDownCounter<D extends AttributeKinds = None> = Counter<D>;

/**
 * Sets the value of the current tenant's series; the last one counts. `set` is what OpenTelemetry's API calls `record` of a gauge. Never throws, as counters.
 * @example meters.stock.set(5, { warehouse: 'north' });
 */
export interface Gauge<D extends AttributeKinds = None> extends TenantGauge<D> {
  /** The same instrument for a tenant that is not the current one; a malformed id records without tenant. */
  forTenant(id: string): TenantGauge<D>;
}

/** Records into the current tenant's distribution. Never throws, as counters. @example meters.checkout.record(0.12); */
export interface Histogram<D extends AttributeKinds = None> extends TenantHistogram<D> {
  /** The same instrument for a tenant that is not the current one; a malformed id records without tenant. */
  forTenant(id: string): TenantHistogram<D>;
}

export type InstrumentOf<I> =
  I extends InstrumentDefinition<infer K, infer D>
    ? K extends 'gauge'
      ? Gauge<D>
      : K extends 'histogram'
        ? Histogram<D>
        : Counter<D>
    : never;
