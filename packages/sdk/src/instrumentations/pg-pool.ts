import { performance } from 'node:perf_hooks';
import { context } from '@opentelemetry/api';
import { poolName } from './db-pool-name.ts';
import { type NumberedPool, PoolNumbers } from './db-pool-numbers.ts';
import { wrapMethod } from './db-wrap-method.ts';
import type { Undo } from './environment.ts';
import { guard } from './guard.ts';

interface Pool extends NumberedPool {
  readonly options: NumberedPool['options'] & {
    readonly host?: string;
    readonly port?: number;
    readonly database?: string;
    readonly connectionString?: string;
  };
}

const events = ['connect', 'acquire', 'release', 'remove'];

type Callback = (...args: unknown[]) => unknown;

/** Times the wait for a connection, and watches the numbers of every pool from its first use on. */
export function patchPgPool(prototype: object): Undo {
  const watched = new Map<object, PoolNumbers>();
  const watch = guard('pg pool', (pool: Pool) => {
    let numbers = watched.get(pool);
    if (numbers === undefined) {
      numbers = new PoolNumbers(pool, nameOf(pool.options), events, () => watched.delete(pool));
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

function nameOf({ host, port, database, connectionString }: Pool['options']): string {
  if (connectionString !== undefined && URL.canParse(connectionString)) {
    const url = new URL(connectionString);
    return poolName(url.hostname, url.port || 5_432, url.pathname.slice(1));
  }
  return poolName(host, port ?? 5_432, database);
}
