import type { Request } from 'express';
import { AdminError } from './admin-error.ts';

/** May see everything, silence alerts and read the audit trail. */
export interface SuperAdmin {
  readonly role: 'super-admin';
  /** Who it is, for the audit trail: an e-mail address or a name. 1 to 200 characters. */
  readonly user: string;
}

/** Sees one tenant, and nothing of any other. */
export interface TenantAdmin {
  readonly role: 'tenant-admin';
  readonly user: string;
  /** The tenant as its metrics have it: letters, digits, ".", "_" and "-", at most 64 characters unless `tenantPattern` says otherwise. */
  readonly tenant: string;
}

/** Somebody whom `authorize` lets in. */
export type Identity = SuperAdmin | TenantAdmin;

/** Who asks. Fails closed: an exception, and every answer that is not exactly an identity, is nobody. */
export type Authorize = (
  request: Request,
) => Identity | undefined | null | Promise<Identity | undefined | null>;

const identities = new WeakMap<Request, Identity>();

/** Who sent a request that has passed `identify`. */
export function identityOf(request: Request): Identity {
  const identity = identities.get(request);
  if (identity === undefined) throw nobody();
  return identity;
}

/** Asks the app who sent a request, and remembers it. Throws ERR_ADMIN_NOBODY, ERR_ADMIN_AUTHORIZE, ERR_ADMIN_IDENTITY. */
export async function identify(
  request: Request,
  authorize: Authorize,
  tenantPattern: RegExp,
): Promise<Identity> {
  identities.delete(request);
  let said: unknown;
  try {
    said = await authorize(request);
  } catch (cause) {
    throw new AdminError(
      'ERR_ADMIN_AUTHORIZE',
      'It could not be found out who you are.',
      'Sign in again. When that does not help, the log of the application says why.',
      { cause },
    );
  }
  if (said === undefined || said === null || said === false) throw nobody();
  const identity = readIdentity(said, tenantPattern);
  identities.set(request, identity);
  return identity;
}

const nobody = () =>
  new AdminError('ERR_ADMIN_NOBODY', 'You are not signed in.', 'Sign in as an admin.');

/** A copy: nothing that the app changes later changes who asked. */
function readIdentity(said: unknown, tenantPattern: RegExp): Identity {
  const { role, user, tenant } = said as { role?: unknown; user?: unknown; tenant?: unknown };
  if (typeof user !== 'string' || !isUser(user)) throw badIdentity('a user of 1 to 200 characters');
  if (role === 'super-admin' && tenant === undefined) return { role, user };
  if (role !== 'tenant-admin') throw badIdentity('a super admin or the admin of one tenant');
  if (typeof tenant !== 'string' || !isTenant(tenant, tenantPattern))
    throw badIdentity('a tenant with a name of the declared shape');
  return { role, user, tenant };
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
const CONTROLS = /[\u0000-\u001f\u007f-\u009f]/;
const isUser = (user: string) => user.length > 0 && user.length <= 200 && !CONTROLS.test(user);

/** Whether a text can be a tenant's name. `__other__` adds up tenants beyond the budget: nobody's, and so nobody may be it. */
export const isTenant = (tenant: string, pattern: RegExp): boolean =>
  tenant.length > 0 && tenant.length <= 256 && tenant !== '__other__' && pattern.test(tenant);

const badIdentity = (expected: string) =>
  new AdminError(
    'ERR_ADMIN_IDENTITY',
    `Expected the application to name ${expected}.`,
    'This is a fault of the application: see what its authorize() answers.',
  );
