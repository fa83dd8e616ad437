import type { Database } from '../database/database.ts';
import type { TenantSource } from './tenant-directory.ts';

const columns = { id: true, currencies: true } as const;

/** The tenants as PostgreSQL has them. */
export function tenantSource(database: Database): TenantSource {
  return {
    byKeyHash: async (hash) => {
      const key = await database.apiKey.findUnique({
        where: { hash },
        select: { tenant: { select: columns } },
      });
      return key?.tenant;
    },
    byId: async (id) =>
      (await database.tenant.findUnique({ where: { id }, select: columns })) ?? undefined,
  };
}
