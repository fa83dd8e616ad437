import type { Logger } from 'pino';
import type { Database } from '../database/database.ts';

/** Keeps gauges equal to what PostgreSQL knows of each tenant. */
export interface KeptState {
  /** Call after a change has been committed. */
  changed(tenantId: string): void;
  /** Reads every tenant now. */
  refreshAll(): Promise<void>;
  stop(): void;
}

/**
 * Milliseconds: how long a change made by another replica may be missing here. Every replica sets the same value, so take the
 * newest, or `max`, and never add them up.
 */
const refreshMs = 15_000;

/**
 * The state is read from PostgreSQL and never added up here, so that replicas and restarts agree. One read a tenant runs at a time;
 * a change during a read asks for another one, so the last value set is never older than the last change.
 */
export function keepState(
  database: Database,
  log: Logger,
  refresh: (tenantId: string) => Promise<void>,
): KeptState {
  const reading = new Map<string, 'once' | 'again'>();

  async function run(tenantId: string): Promise<void> {
    if (reading.has(tenantId)) {
      reading.set(tenantId, 'again');
      return;
    }
    do {
      reading.set(tenantId, 'once');
      await refresh(tenantId).catch((error: unknown) => {
        log.warn({ err: error, tenantId }, 'a gauge keeps its last value');
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
