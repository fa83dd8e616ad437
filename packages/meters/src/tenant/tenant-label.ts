import { sharedState } from '../state/shared-state.ts';
import type { RequestStore } from './request-store.ts';
import type { TenantOptions } from './tenant-options.ts';
import { NO_TENANT, type TenantRef } from './tenant-ref.ts';

/** The ref of an id, or undefined when it is malformed (counted in `bellwether.tenants.refused`). */
export function resolveTenant(id: unknown): TenantRef | undefined {
  return sharedState().tenants.resolve(id);
}

/** What goes on a metric point now: the id, or `__other__` beyond the budget. */
export function tenantLabel(of: RequestStore | TenantRef | undefined): string | undefined {
  const ref = refOf(of);
  if (ref === undefined) return undefined;
  const { tenants } = sharedState();
  const { slot } = tenants.refresh(ref);
  return slot === NO_TENANT ? undefined : tenants.labels[slot];
}

/**
 * For storages that never forget a series (views of OpenTelemetry's own SDK): at most `budget` different names in
 * the life of the process, then `__other__`.
 */
export function lifetimeTenantLabel(of: RequestStore | TenantRef | undefined): string | undefined {
  const ref = refOf(of);
  return ref && sharedState().tenants.lifetimeLabel(ref);
}

/** Sets the limits; what is left out stays. Throws ERR_TENANT_*. Tenants that have their name keep it. */
export function configureTenants(options: TenantOptions): void {
  sharedState().tenants.configure(options);
}

function refOf(of: RequestStore | TenantRef | undefined): TenantRef | undefined {
  return of !== undefined && 'route' in of ? of.tenant : of;
}
