import { pollUntil, type RedisServer, startRedis } from '@bellwether/testkit';
import { pino } from 'pino';
import { createClient } from 'redis';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Cache, openCache } from '../src/cache/cache.ts';

let redis: RedisServer;
let cache: Cache;

beforeAll(async () => {
  redis = await startRedis();
  cache = await openCache(redis.url, pino({ level: 'silent' }));
});

afterAll(async () => {
  cache?.close();
  await redis?.stop();
});

const read = () => cache.get('products', 'key');

async function timed<T>(run: () => Promise<T>): Promise<{ answer: T; ms: number }> {
  const began = performance.now();
  const answer = await run();
  return { answer, ms: performance.now() - began };
}

test('what was written is read, until it is too old', async () => {
  await cache.set('products', 'key', { a: [1] }, 1);
  expect(await read()).toEqual({ a: [1] });
  await pollUntil(async () => (await read()) === undefined, { timeoutMs: 3_000 });
});

test('a Redis that hangs delays one read by half a second, and those after it not at all', async () => {
  const other = await createClient({ url: redis.url }).connect();
  await other.sendCommand(['CLIENT', 'PAUSE', '2500', 'ALL']);
  other.destroy();
  const first = await timed(read);
  expect(first.answer).toBeUndefined();
  expect(first.ms).toBeGreaterThan(450);
  const second = await timed(read);
  expect(second.answer).toBeUndefined();
  expect(second.ms).toBeLessThan(100);
  await expect(cache.ping()).rejects.toThrow();
  await pollUntil(() => cache.ping().then(() => true), { message: 'Redis to be back' });
});

test('a Redis that is gone is a miss at once; when it is back, so is the cache', async () => {
  const { port } = redis;
  await redis.stop();
  expect((await timed(read)).ms).toBeLessThan(400);
  await cache.set('products', 'key', 1, 10);
  const { stop } = await startRedis({ port });
  await pollUntil(() => cache.ping().then(() => true), { message: 'Redis to be back' });
  await cache.set('products', 'key', 2, 10);
  expect(await read()).toBe(2);
  await stop();
});

test('a shop starts without Redis within a second or so', async () => {
  const { answer, ms } = await timed(() =>
    openCache('redis://127.0.0.1:1', pino({ level: 'silent' })),
  );
  expect(ms).toBeLessThan(2_000);
  expect(await answer.get('products', 'key')).toBeUndefined();
  answer.close();
});
