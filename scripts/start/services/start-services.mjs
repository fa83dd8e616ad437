import { createHash, randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startNodeProcess } from '../node-process.mjs';

const examples = fileURLToPath(new URL('../../../examples', import.meta.url));

/** The queue in which the storefront puts paid orders, and from which the worker takes them. */
export const orderQueue = 'orders';

/** Requests a second of one customer. More than the load sends for a whole tenant, less than the burst at its end. */
export const rateLimit = 150;

/** In the order in which they are started; each finds those before it. */
export const serviceNames = ['storefront', 'users', 'auth', 'chat', 'worker', 'gateway'];

/**
 * Starts the services of the example on loopback, each by the same flag and nothing else, beside a PostgreSQL that is prepared, a Redis and a
 * notification service that run. `secrets` is a folder for what they must keep to themselves. Without `usersDatabase` there is
 * no users service. When one cannot be started, or the signal is given before all are, those that were are stopped.
 */
export async function startServices({
  postgres,
  redis,
  usersDatabase,
  notifications: { address: notificationsUrl, tokenFile },
  tenants,
  secrets,
  environment,
  countryHeader,
  logFolder,
  onExit,
  signal,
}) {
  const serviceToken = randomBytes(32).toString('hex');
  const keysFile = join(secrets, 'tenant-keys.json');
  const keys = tenants.map(({ id, apiKey }) => [sha256(apiKey), id]);
  writeFileSync(keysFile, JSON.stringify(Object.fromEntries(keys)), { mode: 0o600 });

  const running = {};
  const start = async (name, folder, program, own) => {
    if (signal?.aborted) throw new Error(`Stopped before ${name} was started`);
    running[name] = await startNodeProcess({
      ...{ name, folder: join(examples, folder), program, logFolder, onExit },
      environment: { ...environment, ...own, OTEL_SERVICE_NAME: name, SERVICE_TOKEN: serviceToken },
    });
  };
  const origin = (name) => running[name]?.address;
  const order = [...serviceNames].reverse();
  const stop = async () => {
    const ended = [];
    for (const name of order.filter((service) => running[service] !== undefined)) {
      const service = running[name];
      delete running[name];
      ended.push({ name, ...(await service.stop()) });
    }
    return ended;
  };
  try {
    await start('storefront', 'shop', 'dist/server.js', {
      ...{ DATABASE_URL: postgres, REDIS_URL: redis, SHOP_ORDER_QUEUE: orderQueue },
      JWT_SECRET: randomBytes(32).toString('hex'),
      SHOP_CART_IDLE_SECONDS: '30',
      BELLWETHER_COUNTRY_HEADER: countryHeader,
    });
    if (usersDatabase !== undefined) {
      await start('users', 'users', 'src/server.ts', { DATABASE_URL: usersDatabase });
    }
    await start('auth', 'auth', 'src/server.ts', {
      ...{ REDIS_URL: redis, STOREFRONT_URL: origin('storefront'), AUTH_KEYS_FILE: keysFile },
      USERS_URL: origin('users') ?? '',
    });
    await start('chat', 'chat', 'src/server.ts', { AUTH_URL: origin('auth') });
    await start('worker', 'worker', 'src/server.ts', {
      ...{ REDIS_URL: redis, WORKER_QUEUE: orderQueue, CHAT_URL: origin('chat') },
      ...{ NOTIFICATIONS_URL: notificationsUrl, NOTIFICATIONS_TOKEN_FILE: tokenFile },
    });
    await start('gateway', 'gateway', 'src/server.ts', {
      ...{ AUTH_URL: origin('auth'), STOREFRONT_URL: origin('storefront') },
      USERS_URL: origin('users') ?? '',
      GATEWAY_RATE_LIMIT: String(rateLimit),
      GATEWAY_EDGE_HEADER: countryHeader,
      BELLWETHER_COUNTRY_HEADER: countryHeader,
    });
  } catch (error) {
    await stop().catch(() => undefined);
    throw error;
  }
  return { ...running, stop };
}

const sha256 = (text) => createHash('sha256').update(text).digest('hex');
