// Who somebody is. Customers log in and register here, through the gateway; our own services ask here what a key or token stands for.
import { createService, startService } from '@bellwether/example-service';
import { createClient } from 'redis';
import { accountRoutes } from './account-routes.ts';
import { introspectRoute } from './introspect-route.ts';
import { settings } from './settings.ts';
import { openTenantKeys } from './tenant-keys.ts';
import { tokenStore } from './token-store.ts';

const redis = createClient({ url: settings.REDIS_URL });
const service = createService(settings, { redis: () => redis.ping() });
redis.on('error', (error) => service.log.warn({ err: error }, 'Redis'));
await redis.connect();

const keys = openTenantKeys(settings.AUTH_KEYS_FILE, (error) =>
  service.log.warn({ err: error }, 'the keys of tenants'),
);
const directory = { keys, tokens: tokenStore(redis) };
service.register(accountRoutes(directory, settings));
service.register(introspectRoute(directory, settings.SERVICE_TOKEN));

await startService(service, { name: 'auth service', settings, release: () => redis.close() });
