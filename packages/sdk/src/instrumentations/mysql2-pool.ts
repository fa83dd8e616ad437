import { performance } from 'node:perf_hooks';
import { context } from '@opentelemetry/api';
import { poolName } from './db-pool-name.ts';
import { type NumberedPool, PoolNumbers } from './db-pool-numbers.ts';
import { undoAll, wrapMethod } from './db-wrap-method.ts';
import type { Undo } from './environment.ts';
import { guard } from './guard.ts';
import { type Mysql2Config, mysql2Server } from './mysql2-server.ts';

/** The pool inside of every pool of `mysql2`, whichever face it has. */
interface Pool {
  readonly config: { readonly connectionLimit: number; readonly connectionConfig: Mysql2Config };
  readonly _allConnections: { readonly length: number };
  readonly _freeConnections: { readonly length: number };
  readonly _connectionQueue: { readonly length: number };
  readonly _closed: boolean;
}

type Callback = (error: unknown, ...rest: unknown[]) => unknown;

/** What changes the numbers of a pool without a call of `getConnection`. */
const changes = ['releaseConnection', '_removeConnection', 'end'];

/** Times the wait for a connection, and watches the numbers of every pool from its first use on. */
export function patchMysql2Pool(prototype: object): Undo {
  const watched = new Map<object, PoolNumbers>();
  /** A request whose connection broke asks again with the same callback. */
  const timed = new WeakSet<object>();
  const watch = guard('mysql2 pool', (pool: Pool) => {
    let numbers = watched.get(pool);
    if (numbers === undefined) {
      numbers = new PoolNumbers(asNumbered(pool), nameOf(pool), [], () => watched.delete(pool));
      watched.set(pool, numbers);
    }
    numbers.update();
    return numbers;
  });
  const undo = undoAll([
    wrapMethod(prototype, 'getConnection', (original) => {
      return function (...args) {
        const [callback] = args as [Callback];
        if (typeof callback !== 'function' || timed.has(callback)) {
          return original.apply(this, args);
        }
        const numbers = watch(this as Pool);
        const start = performance.now();
        const parent = context.active();
        // A request that waits is called back by whoever gives a connection back.
        const around: Callback = (error, ...rest) => {
          if (!error) numbers?.wait((performance.now() - start) / 1_000);
          numbers?.soon();
          return context.with(parent, callback, undefined, error, ...rest);
        };
        timed.add(around);
        const answer = original.call(this, around);
        numbers?.soon();
        return answer;
      };
    }),
    ...changes.map((method) =>
      wrapMethod(prototype, method, (original) => {
        return function (...args) {
          const answer = original.apply(this, args);
          watched.get(this)?.soon();
          return answer;
        };
      }),
    ),
  ]);
  return () => {
    undo();
    for (const numbers of watched.values()) numbers.stop();
  };
}

function asNumbered(pool: Pool): NumberedPool {
  return {
    // A pool that was ended keeps the list of its connections.
    get totalCount() {
      return pool._closed ? 0 : pool._allConnections.length;
    },
    get idleCount() {
      return pool._closed ? 0 : pool._freeConnections.length;
    },
    get waitingCount() {
      return pool._connectionQueue.length;
    },
    get ended() {
      return pool._closed;
    },
    options: { max: pool.config.connectionLimit },
    on: () => undefined,
    off: () => undefined,
  };
}

function nameOf({ config }: Pool): string {
  const { host, port, database } = mysql2Server(config.connectionConfig);
  return port === undefined ? `${host}/${database ?? ''}` : poolName(host, port, database);
}
