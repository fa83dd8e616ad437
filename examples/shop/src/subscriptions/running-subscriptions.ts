import type { Database } from '../database/database.ts';
import { meters } from '../meters.ts';

/** Sets what the active subscriptions of a tenant are worth a month, by currency, and how many there are, by plan. */
export async function setSubscriptions(database: Database, tenantId: string): Promise<void> {
  const [tenant, plans, sums] = await Promise.all([
    database.tenant.findUnique({ where: { id: tenantId } }),
    database.plan.findMany({ where: { tenantId }, select: { code: true } }),
    database.subscription.groupBy({
      by: ['currency', 'plan'],
      where: { tenantId, status: 'active' },
      _sum: { monthlyMinor: true },
      _count: true,
    }),
  ]);
  const mrr = meters.mrr.forTenant(tenantId);
  for (const currency of tenant?.currencies ?? []) {
    const rows = sums.filter((row) => row.currency === currency);
    mrr.set(
      rows.reduce((sum, { _sum }) => sum + (_sum.monthlyMinor ?? 0), 0),
      { currency },
    );
  }
  const subscriptions = meters.subscriptions.forTenant(tenantId);
  for (const { code } of plans) {
    const rows = sums.filter(({ plan }) => plan === code);
    subscriptions.set(
      rows.reduce((sum, { _count }) => sum + _count, 0),
      { plan: code },
    );
  }
}
