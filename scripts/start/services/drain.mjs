import { createClient } from 'redis';
import { poll } from '../poll.mjs';
import { orderQueue } from './start-services.mjs';

const seconds = 60;

/** Waits until the worker has done what is in the queue. False when it has not in time. */
export async function drained(redisUrl, signal) {
  const redis = createClient({ url: redisUrl });
  await redis.connect();
  const key = (state) => `bull:${orderQueue}:${state}`;
  try {
    return await poll(seconds, signal, async () => {
      const open = await Promise.all([
        redis.lLen(key('wait')),
        redis.lLen(key('active')),
        redis.zCard(key('delayed')),
      ]);
      return open.every((count) => count === 0);
    });
  } finally {
    await redis.close();
  }
}
