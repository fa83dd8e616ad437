import { setTimeout as wait } from 'node:timers/promises';
import type { Database, Transaction } from './database.ts';

/** Registers what shall happen once, after the transaction has committed, and never otherwise. It must not throw. */
export type OnCommit = (effect: () => void) => void;

/**
 * Runs `work` in one transaction. Effects given to `onCommit` run exactly once if, and only if, PostgreSQL committed: this is
 * how a business meter stays equal to the ledger.
 *
 * When the connection breaks during COMMIT nobody was told the outcome. Then PostgreSQL itself is asked
 * (https://www.postgresql.org/docs/18/functions-info.html#FUNCTIONS-PG-SNAPSHOT) and what it says counts.
 * What remains: a process killed between COMMIT and the effect.
 *
 * @example
 * await commit(database, async (tx, onCommit) => {
 *   await tx.order.create({ data });
 *   onCommit(() => meters.orders.add(1, { status: 'paid', currency: 'EUR' }));
 * });
 */
export async function commit<T>(
  database: Database,
  work: (tx: Transaction, onCommit: OnCommit) => Promise<T>,
): Promise<T> {
  const effects: Array<() => void> = [];
  let pending: { readonly id: string; readonly result: T } | undefined;
  try {
    await database.$transaction(async (tx) => {
      const result = await work(tx, (effect) => effects.push(effect));
      pending = { id: await transactionId(tx), result };
    });
  } catch (error) {
    if (pending === undefined || !(await hasCommitted(database, pending.id))) throw error;
  }
  if (pending === undefined) throw new Error('unreachable: the transaction ended without a result');
  for (const effect of effects) effect();
  return pending.result;
}

async function transactionId(tx: Transaction): Promise<string> {
  const [row] = await tx.$queryRaw<Array<{ id: string }>>`SELECT pg_current_xact_id()::text AS id`;
  return row?.id ?? '';
}

const attempts = 20;
const pauseMs = 250;

/** False as well when PostgreSQL stays away for five seconds: the request then fails, and its caller has to look. */
async function hasCommitted(database: Database, id: string): Promise<boolean> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    try {
      const [row] = await database.$queryRaw<Array<{ status: string | null }>>`
        SELECT pg_xact_status(${id}::xid8) AS status`;
      if (row?.status !== 'in progress') return row?.status === 'committed';
    } catch {
      // Not reachable yet.
    }
    await wait(pauseMs);
  }
  return false;
}
