import { performance } from 'node:perf_hooks';
import { context } from '@opentelemetry/api';
import { dbMeters } from './db-meters.ts';
import { wrapMethod } from './db-wrap-method.ts';
import type { Undo } from './environment.ts';
import { guard } from './guard.ts';

interface Pool {
  readonly totalCount: number;
  readonly idleCount: number;
  readonly waitingCount: number;
  readonly options: {
    readonly host?: string;
    readonly port?: number;
    readonly database?: string;
    readonly connectionString?: string;
    readonly max?: number;
  };
  on(event: string, listener: () => void): unknown;
  off(event: string, listener: () => void): unknown;
}

type Callback = (...args: unknown[]) => unknown;

/** Times the wait for a connection, and watches the numbers of every pool from its first use on. */
export function patchPgPool(prototype: object): Undo {
  const watched = new Map<object, PoolNumbers>();
  const watch = guard('pg pool', (pool: Pool) => {
    let numbers = watched.get(pool);
    if (numbers === undefined) {
      numbers = new PoolNumbers(pool, () => watched.delete(pool));
      watched.set(pool, numbers);
    }
    numbers.update();
    return numbers;
  });
  const undos = [
    wrapMethod(prototype, 'connect', (original) => {
      return function (...args) {
        const numbers = watch(this as Pool);
        const start = performance.now();
        const [callback] = args;
        const waited = () => numbers?.wait((performance.now() - start) / 1_000);
        if (typeof callback === 'function') {
          // A queued callback is called by whoever gives a connection back.
          const parent = context.active();
          const around: Callback = (error, ...rest) => {
            if (error) numbers?.soon();
            else waited();
            return context.with(parent, callback as Callback, undefined, error, ...rest);
          };
          original.call(this, around, ...args.slice(1));
          numbers?.update();
          return undefined;
        }
        const promise = original.apply(this, args) as Promise<unknown>;
        numbers?.update();
        return promise.then(
          (client) => {
            waited();
            return client;
          },
          (error) => {
            numbers?.soon();
            throw error;
          },
        );
      };
    }),
    wrapMethod(prototype, 'end', (original) => {
      return function (...args) {
        const answer = original.apply(this, args);
        watched.get(this)?.soon();
        return answer;
      };
    }),
  ];
  return () => {
    for (const undo of undos) undo();
    for (const numbers of watched.values()) numbers.stop();
  };
}

const events = ['connect', 'acquire', 'release', 'remove'];

/** Holds what was reported of a pool, so that the counters follow its numbers. */
class PoolNumbers {
  readonly #pool: Pool;
  readonly #onGone: () => void;
  readonly #meters: PoolMeters;
  #isSoon = false;
  #idle = 0;
  #used = 0;
  #pending = 0;
  #max = 0;

  constructor(pool: Pool, onGone: () => void) {
    this.#pool = pool;
    this.#meters = poolMeters(poolName(pool.options));
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
    for (const event of events) this.#pool.off(event, this.soon);
    this.#report(0, 0, 0, 0);
    this.#onGone();
  }

  /** A pool says what it is about to do: its numbers are right a moment later. Of a failed connection and of its end it says nothing. */
  readonly soon = () => {
    if (this.#isSoon) return;
    this.#isSoon = true;
    queueMicrotask(this.#update);
  };

  readonly #update = guard('pg pool', () => {
    this.#isSoon = false;
    const { ended } = this.#pool as { readonly ended?: boolean };
    if (ended === true && this.#pool.totalCount === 0) this.stop();
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

/** `host:port/database`, as semantic conventions name a pool that has no name. */
function poolName({ host, port, database, connectionString }: Pool['options']): string {
  if (connectionString !== undefined && URL.canParse(connectionString)) {
    const url = new URL(connectionString);
    return `${url.hostname || 'localhost'}:${url.port || 5432}${url.pathname}`;
  }
  return `${host ?? 'localhost'}:${port ?? 5432}/${database ?? ''}`;
}
