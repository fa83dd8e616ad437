/** Slots of the tenant table: who has no tenant, and who shares `__other__`. Own names start at 2. */
export const NO_TENANT = 0;
export const OTHER_TENANT = 1;
export const FIRST_NAMED = 2;
/** The slot of a ref whose tenant lost its place; it has to be resolved again. */
export const EVICTED = -1;

/**
 * A tenant as resolved once per request. Opaque but for `id`: the real id, for spans and logs;
 * `tenantLabel()` says which name its metric points get.
 */
export interface TenantRef {
  readonly id: string;
  /** @internal */
  slot: number;
  /** @internal Evictions seen when this ref was folded, to try again when a place came free. */
  epoch: number;
  /** @internal What `lifetimeTenantLabel` once answered. */
  lifetime: string | undefined;
}
