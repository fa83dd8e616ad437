import type { Logger } from 'pino';
import { setActiveSessions } from '../accounts/active-sessions.ts';
import { setOpenCarts } from '../carts/open-carts.ts';
import { setStock } from '../catalog/stock.ts';
import type { Database } from '../database/database.ts';
import { setSubscriptions } from '../subscriptions/running-subscriptions.ts';
import { type KeptState, keepState } from './keep-state.ts';

/** The gauges of this shop, by what changes them. */
export type States = Readonly<Record<'subscriptions' | 'carts' | 'sessions' | 'stock', KeptState>>;

export function keepStates(database: Database, log: Logger): States {
  const keep = (set: (database: Database, tenantId: string) => Promise<void>) =>
    keepState(database, log, (tenantId) => set(database, tenantId));
  return {
    subscriptions: keep(setSubscriptions),
    carts: keep(setOpenCarts),
    sessions: keep(setActiveSessions),
    stock: keep(setStock),
  };
}

export async function refreshStates(states: States): Promise<void> {
  for (const state of Object.values(states)) await state.refreshAll();
}
