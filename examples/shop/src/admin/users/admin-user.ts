import type { AdminRole as StoredRole } from '../../generated/prisma/client.ts';

/**
 * `super-admin` sees the orders of all tenants and the whole monitoring, `tenant-admin` those of one tenant, `staff` the orders of
 * one tenant and no monitoring.
 */
export const adminRoles = ['super-admin', 'tenant-admin', 'staff'] as const;
export type AdminRole = (typeof adminRoles)[number];

/** As PostgreSQL has it: an enum of Prisma is an identifier. */
export function toStoredRole(role: AdminRole): StoredRole {
  return stored[role];
}

export function fromStoredRole(role: StoredRole): AdminRole {
  return adminRoles.find((name) => stored[name] === role) ?? 'staff';
}

const stored = {
  'super-admin': 'super_admin',
  'tenant-admin': 'tenant_admin',
  staff: 'staff',
} as const satisfies Record<AdminRole, StoredRole>;
