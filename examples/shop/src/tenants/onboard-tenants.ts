import { commit } from '../database/commit.ts';
import type { Database } from '../database/database.ts';
import { meters } from '../meters.ts';

/** Takes in the tenants that were added since the last time, by whichever replica comes first: each counts once. */
export async function onboardTenants(database: Database): Promise<void> {
  if ((await database.tenant.count({ where: { onboardedAt: null } })) === 0) return;
  await commit(database, async (tx, onCommit) => {
    const { count } = await tx.tenant.updateMany({
      where: { onboardedAt: null },
      data: { onboardedAt: new Date() },
    });
    onCommit(() => meters.tenantsCreated.add(count));
  });
}
