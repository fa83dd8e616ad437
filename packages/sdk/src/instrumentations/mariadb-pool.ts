import { performance } from 'node:perf_hooks';
import { context } from '@opentelemetry/api';
import { poolName } from './db-pool-name.ts';
import { type NumberedPool, PoolNumbers } from './db-pool-numbers.ts';
import { undoAll, wrapMethod } from './db-wrap-method.ts';
import type { Undo } from './environment.ts';
import { guard } from './guard.ts';

/** The pool inside of every pool of `mariadb`, whichever face it has. */
interface Pool {
  readonly closed: boolean;
  readonly opts: {
    readonly connectionLimit: number;
    readonly connOptions: {
      readonly host?: string;
      readonly port?: number;
      readonly database?: string;
    };
  };
  totalConnections(): number;
  idleConnections(): number;
  taskQueueSize(): number;
  on(event: string, listener: () => void): unknown;
  off(event: string, listener: () => void): unknown;
}

type Callback = (error: unknown, ...rest: unknown[]) => unknown;

const events = ['connection', 'acquire', 'release', 'enqueue', 'validateSize'];

/** Times the wait for a connection, and watches the numbers of every pool from its first use on. */
export function patchMariadbPool(prototype: object): Undo {
  const watched = new Map<object, PoolNumbers>();
  const watch = guard('mariadb pool', (pool: Pool) => {
    let numbers = watched.get(pool);
    if (numbers === undefined) {
      const gone = () => watched.delete(pool);
      numbers = new PoolNumbers(asNumbered(pool), nameOf(pool), events, gone);
      watched.set(pool, numbers);
    }
    numbers.update();
    return numbers;
  });
  const undo = undoAll([
    wrapMethod(prototype, 'getConnection', (original) => {
      return function (...args) {
        const numbers = watch(this as Pool);
        const start = performance.now();
        const parent = context.active();
        const at = typeof args[0] === 'function' ? 0 : 1;
        const callback = args[at] as Callback;
        // A request that waits is called back by whoever gives a connection back.
        args[at] = (error: unknown, ...rest: unknown[]) => {
          if (error) numbers?.soon();
          else numbers?.wait((performance.now() - start) / 1_000);
          return context.with(parent, callback, undefined, error, ...rest);
        };
        const answer = original.apply(this, args);
        numbers?.soon();
        return answer;
      };
    }),
    wrapMethod(prototype, 'end', (original) => {
      return function (...args) {
        const ended = original.apply(this, args) as Promise<unknown>;
        const soon = () => watched.get(this)?.soon();
        ended.then(soon, soon);
        return ended;
      };
    }),
  ]);
  return () => {
    undo();
    for (const numbers of watched.values()) numbers.stop();
  };
}

function asNumbered(pool: Pool): NumberedPool {
  return {
    get totalCount() {
      return pool.totalConnections();
    },
    get idleCount() {
      return pool.idleConnections();
    },
    get waitingCount() {
      return pool.taskQueueSize();
    },
    get ended() {
      return pool.closed;
    },
    options: { max: pool.opts.connectionLimit },
    on: (event, listener) => pool.on(event, listener),
    off: (event, listener) => pool.off(event, listener),
  };
}

function nameOf({ opts: { connOptions } }: Pool): string {
  return poolName(connOptions.host, connOptions.port ?? 3_306, connOptions.database);
}
