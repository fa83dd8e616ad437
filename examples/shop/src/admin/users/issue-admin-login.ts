import { randomBytes } from 'node:crypto';
import { adminCost, hashPassword } from '../../accounts/password.ts';
import type { Database } from '../../database/database.ts';
import { type AdminRole, toStoredRole } from './admin-user.ts';

export interface AdminLogin {
  readonly email: string;
  readonly role: AdminRole;
  /** Null for a super admin, and for nobody else. */
  readonly tenant: string | null;
  /** Shown this once: only its hash is kept. */
  readonly password: string;
}

/**
 * Makes an admin user, or gives a known one this role and a new password; their sessions are over. The password is random,
 * 144 bits, unless one is given. Throws for a tenant that does not exist, and when role and tenant do not fit.
 */
export async function issueAdminLogin(
  database: Database,
  {
    email: address,
    role,
    tenant,
    password = randomBytes(18).toString('base64url'),
  }: Omit<AdminLogin, 'password'> & { readonly password?: string | undefined },
): Promise<AdminLogin> {
  const email = address.toLowerCase();
  if ((role === 'super-admin') !== (tenant === null)) {
    throw new Error(
      `Expected a tenant for every role but super-admin, got ${role} with ${tenant ?? 'none'}`,
    );
  }
  if (tenant !== null && (await database.tenant.count({ where: { id: tenant } })) === 0) {
    throw new Error(`Expected a tenant that exists, got ${tenant}`);
  }
  const user = {
    role: toStoredRole(role),
    tenantId: tenant,
    passwordHash: await hashPassword(password, adminCost),
    changedAt: new Date(),
    disabledAt: null,
  };
  await database.adminUser.upsert({
    where: { email },
    create: { email, ...user },
    update: user,
  });
  return { email, role, tenant, password };
}

/** The user can not log in any more, and open sessions are over. False when there is none of this address. */
export async function disableAdminLogin(database: Database, email: string): Promise<boolean> {
  const now = new Date();
  const { count } = await database.adminUser.updateMany({
    where: { email: email.toLowerCase() },
    data: { disabledAt: now, changedAt: now },
  });
  return count > 0;
}
