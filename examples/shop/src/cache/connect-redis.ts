import type { Logger } from 'pino';
import { createClient } from 'redis';

export type RedisClient = ReturnType<typeof createClient>;

/**
 * A client of a Redis that may be away at any time. It never waits for it: a command rejects at once while Redis is away, and
 * connecting goes on in the background for ever. `without` ends the line that says what the shop does meanwhile.
 */
export async function connectRedis(
  redisUrl: string,
  log: Logger,
  without: string,
): Promise<RedisClient> {
  const client: RedisClient = createClient({
    url: redisUrl,
    disableOfflineQueue: true,
    commandsQueueMaxLength: 1_000,
    socket: {
      connectTimeout: 1_000,
      reconnectStrategy: (retries) => Math.min(50 * 2 ** retries, 1_000) + Math.random() * 50,
    },
  });
  let away = false;
  client.on('error', (error: unknown) => {
    if (!away) log.warn({ err: error }, `Redis is away; ${without}`);
    away = true;
  });
  client.on('ready', () => {
    if (away) log.info('Redis is back');
    away = false;
  });
  // connect() retries for ever: the shop starts whether or not Redis is there.
  const connected = client.connect().catch(() => undefined);
  await Promise.race([connected, new Promise((resolve) => setTimeout(resolve, 1_000).unref())]);
  return client;
}
