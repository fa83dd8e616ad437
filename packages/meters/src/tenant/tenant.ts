import { sharedState } from '../state/shared-state.ts';
import { sayOutside } from './outside-request.ts';
import { createRequestStore } from './request-store.ts';

/**
 * Names the tenant of the request in progress; everything recorded later in it, and in the calls that it makes,
 * carries it. Call it where the request is authenticated, never with what a caller merely claims.
 * @returns false, and changes nothing, for a malformed id (counted) or outside of any request (said once by OpenTelemetry's `diag`): where no request
 * is measured, as in a job or under another SDK, use `runWithTenant`
 * @example app.use((request, response, next) => { setTenant(request.user.tenant); next(); });
 */
export function setTenant(id: string): boolean {
  const { requests, tenants } = sharedState();
  const store = requests.current();
  if (store === undefined) return sayOutside('setTenant');
  const ref = tenants.resolve(id);
  if (ref === undefined) return false;
  store.tenant = ref;
  return true;
}

/** The real id of the tenant in progress, whatever name its metrics get. */
export function currentTenant(): string | undefined {
  return sharedState().requests.current()?.tenant?.id;
}

/**
 * Runs `fn`, and all that it calls now or later, as a tenant: for jobs, sockets and scripts. It has a store of its
 * own, so `setTenant` inside does not reach outside. A malformed id is refused (counted): `fn` then runs without tenant.
 *
 * Await inside: a lazy promise, such as a query of Prisma or Knex, starts where it is awaited, and outside that is without tenant.
 * @returns what `fn` returns
 * @example const orders = await runWithTenant('acme', async () => await prisma.order.findMany());
 */
export function runWithTenant<T>(id: string, fn: () => T): T {
  const { requests, tenants } = sharedState();
  const store = createRequestStore();
  store.tenant = tenants.resolve(id);
  return requests.run(store, fn);
}

/** True for a string that `setTenant` would take. */
export function isTenantId(value: unknown): value is string {
  return sharedState().tenants.isTenantId(value);
}
