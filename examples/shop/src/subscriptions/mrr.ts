import type { Logger } from 'pino';
import type { Database } from '../database/database.ts';
import { meters } from '../meters.ts';

/** Keeps the gauge of monthly recurring revenue equal to the active subscriptions, per tenant and currency. */
export interface MrrGauge {
  /** Call after a subscription has changed. */
  changed(tenantId: string): void;
  /** Reads every tenant now. */
  refreshAll(): Promise<void>;
  stop(): void;
}

/**
 * Milliseconds: how long a change made by another replica may be missing here. Every replica sets the same sum, so take the
 * newest, or `max`, and never add them up.
 */
const refreshMs = 15_000;

/**
 * The sum is read from PostgreSQL and never added up here, so that replicas and restarts agree. One read a tenant runs at a time;
 * a change during a read asks for another one, so the last value set is never older than the last change.
 */
export function keepMrr(database: Database, log: Logger): MrrGauge {
  const reading = new Map<string, 'once' | 'again'>();

  async function refresh(tenantId: string): Promise<void> {
    const tenant = await database.tenant.findUnique({ where: { id: tenantId } });
    const sums = await database.subscription.groupBy({
      by: ['currency'],
      where: { tenantId, status: 'active' },
      _sum: { monthlyMinor: true },
    });
    const gauge = meters.mrr.forTenant(tenantId);
    for (const currency of tenant?.currencies ?? []) {
      const sum = sums.find((row) => row.currency === currency)?._sum.monthlyMinor ?? 0;
      gauge.set(sum, { currency });
    }
  }

  async function run(tenantId: string): Promise<void> {
    if (reading.has(tenantId)) {
      reading.set(tenantId, 'again');
      return;
    }
    do {
      reading.set(tenantId, 'once');
      await refresh(tenantId).catch((error: unknown) => {
        log.warn({ err: error, tenantId }, 'the MRR gauge keeps its last value');
      });
    } while (reading.get(tenantId) === 'again');
    reading.delete(tenantId);
  }

  async function refreshAll(): Promise<void> {
    const tenants = await database.tenant.findMany({ select: { id: true } }).catch(() => []);
    for (const { id } of tenants) await run(id);
  }

  const timer = setInterval(() => void refreshAll(), refreshMs).unref();
  return {
    changed: (tenantId) => void run(tenantId),
    refreshAll,
    stop: () => clearInterval(timer),
  };
}
