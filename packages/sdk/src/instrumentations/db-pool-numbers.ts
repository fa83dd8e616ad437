import { dbMeters } from './db-meters.ts';
import { guard } from './guard.ts';

/** A pool of connections, by the names that `pg` gave its numbers. */
export interface NumberedPool {
  readonly totalCount: number;
  readonly idleCount: number;
  readonly waitingCount: number;
  readonly ended?: boolean;
  readonly options: { readonly max?: number };
  on(event: string, listener: () => void): unknown;
  off(event: string, listener: () => void): unknown;
}

/** Holds what was reported of a pool, so that the counters follow its numbers. */
export class PoolNumbers {
  readonly #pool: NumberedPool;
  readonly #events: readonly string[];
  readonly #onGone: () => void;
  readonly #meters: PoolMeters;
  #isSoon = false;
  #idle = 0;
  #used = 0;
  #pending = 0;
  #max = 0;

  constructor(pool: NumberedPool, name: string, events: readonly string[], onGone: () => void) {
    this.#pool = pool;
    this.#events = events;
    this.#meters = poolMeters(name);
    this.#onGone = onGone;
    for (const event of events) pool.on(event, this.soon);
  }

  wait(seconds: number): void {
    this.#meters.wait.record(seconds);
  }

  update(): void {
    const { totalCount, idleCount, waitingCount, options } = this.#pool;
    this.#report(idleCount, totalCount - idleCount, waitingCount, options.max ?? 0);
  }

  stop(): void {
    for (const event of this.#events) this.#pool.off(event, this.soon);
    this.#report(0, 0, 0, 0);
    this.#onGone();
  }

  /** A pool says what it is about to do: its numbers are right a moment later. Of a failed connection and of its end it says nothing. */
  readonly soon = () => {
    if (this.#isSoon) return;
    this.#isSoon = true;
    queueMicrotask(this.#update);
  };

  readonly #update = guard('connection pool', () => {
    this.#isSoon = false;
    if (this.#pool.ended === true && this.#pool.totalCount === 0) this.stop();
    else this.update();
  });

  #report(idle: number, used: number, pending: number, max: number): void {
    const meters = this.#meters;
    if (idle !== this.#idle) meters.idle.add(idle - this.#idle);
    if (used !== this.#used) meters.used.add(used - this.#used);
    if (pending !== this.#pending) meters.pending.add(pending - this.#pending);
    if (max !== this.#max) meters.max.add(max - this.#max);
    this.#idle = idle;
    this.#used = used;
    this.#pending = pending;
    this.#max = max;
  }
}

type PoolMeters = ReturnType<typeof poolMeters>;

function poolMeters(name: string) {
  const pool = { 'db.client.connection.pool.name': name };
  const state = 'db.client.connection.state';
  return {
    wait: dbMeters.connectionWait.bind(pool),
    idle: dbMeters.connections.bind({ ...pool, [state]: 'idle' }),
    used: dbMeters.connections.bind({ ...pool, [state]: 'used' }),
    pending: dbMeters.pendingRequests.bind(pool),
    max: dbMeters.maxConnections.bind(pool),
  };
}
