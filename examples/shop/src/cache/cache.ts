import type { Logger } from 'pino';
import { countError, meters } from '../meters.ts';
import { connectRedis } from './connect-redis.ts';
import { createDeadline } from './deadline.ts';

/**
 * A Redis that may be away at any time: then a read is a miss, a write is nothing, and the shop goes on with the database.
 * Hits, misses, failures and the duration of each operation are measured here. Values are JSON.
 */
export interface Cache {
  /** `undefined` on a miss, and while Redis is away. */
  get(name: CacheName, key: string): Promise<unknown>;
  set(name: CacheName, key: string, value: unknown, seconds: number): Promise<void>;
  /** Drops an entry that is no longer true. Counted when there was one. */
  invalidate(name: CacheName, key: string): Promise<void>;
  /** Rejects when Redis does not answer within half a second. */
  ping(): Promise<void>;
  /** For what is no cache: the shared state of the fault switches. Both reject when Redis is away. */
  readShared(key: string): Promise<string | null>;
  writeShared(key: string, value: string): Promise<void>;
  close(): void;
}

/** What a cached value is: an attribute of the cache meters. */
export type CacheName = 'products' | 'bestsellers';

export async function openCache(redisUrl: string, log: Logger): Promise<Cache> {
  const client = await connectRedis(redisUrl, log, 'the shop goes on without its cache');
  const deadline = createDeadline();

  async function measured<T>(
    name: CacheName,
    operation: 'get' | 'set' | 'delete',
    run: () => Promise<T>,
  ): Promise<T | undefined> {
    const began = performance.now();
    try {
      return await deadline(run);
    } catch {
      countError({ type: 'cache_unavailable', component: 'cache', severity: 'medium' });
      return undefined;
    } finally {
      meters.operationDuration.record((performance.now() - began) / 1_000, {
        cache: name,
        operation,
      });
    }
  }

  return {
    get: async (name, key) => {
      const text = await measured(name, 'get', () => client.get(key));
      if (typeof text !== 'string') {
        meters.lookups.add(1, { cache: name, result: text === null ? 'miss' : 'error' });
        return undefined;
      }
      meters.lookups.add(1, { cache: name, result: 'hit' });
      return JSON.parse(text);
    },
    set: async (name, key, value, seconds) => {
      await measured(name, 'set', () =>
        client.set(key, JSON.stringify(value), { expiration: { type: 'EX', value: seconds } }),
      );
    },
    invalidate: async (name, key) => {
      const dropped = await measured(name, 'delete', () => client.del(key));
      if (dropped === 1) meters.evictions.add(1, { cache: name, reason: 'invalidated' });
    },
    ping: async () => {
      await deadline(() => client.ping());
    },
    readShared: async (key) => {
      const text = await deadline(() => client.get(key));
      return typeof text === 'string' ? text : null;
    },
    writeShared: async (key, value) => {
      await deadline(() => client.set(key, value));
    },
    close: () => client.destroy(),
  };
}
