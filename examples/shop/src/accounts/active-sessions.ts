import type { Database } from '../database/database.ts';
import { meters } from '../meters.ts';

/** Sets how many sessions of a tenant have neither ended nor expired. */
export async function setActiveSessions(database: Database, tenantId: string): Promise<void> {
  const active = await database.session.count({
    where: { tenantId, endedAt: null, expiresAt: { gt: new Date() } },
  });
  meters.sessionsActive.forTenant(tenantId).set(active);
}
