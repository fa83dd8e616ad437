import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { openAdmin } from './admin/open-admin.ts';
import { createApp } from './app.ts';
import { repeat } from './background/repeat.ts';
import { openCache } from './cache/cache.ts';
import { abandonIdleCarts } from './carts/abandon-carts.ts';
import { openDatabase } from './database/database.ts';
import { followFaults } from './faults/fault-plan.ts';
import { openOrderQueue } from './orders/order-queue.ts';
import { readSettings } from './settings.ts';
import { keepStates, refreshStates } from './states/states.ts';
import { stopOnSignal } from './stop-on-signal.ts';
import { onboardTenants } from './tenants/onboard-tenants.ts';
import { createTenantDirectory } from './tenants/tenant-directory.ts';
import { tenantSource } from './tenants/tenant-source.ts';

const settings = readSettings(process.env);
const log = pino({ level: settings.logLevel, base: null });
const database = openDatabase(settings.databaseUrl, settings.databaseConnections);
const cache = await openCache(settings.redisUrl, log);
const admin = await openAdmin(settings, database, log);
const faults = followFaults(cache, log);
const states = keepStates(database, log);
const orderQueue = await openOrderQueue(settings.orderQueue, settings.redisUrl, log);
const tenants = createTenantDirectory(tenantSource(database));
await refreshStates(states);
const onboarding = repeat('onboarding tenants', log, () => onboardTenants(database));
const abandoning = repeat('abandoning carts', log, () =>
  abandonIdleCarts({ database, states, settings }),
);

const app = createApp({
  ...{ settings, log, database, cache, admin, tenants, faults, states },
  orderQueue,
});
const server = app.listen(settings.port, settings.host, (error?: Error) => {
  if (error !== undefined) throw error;
  const { address, port } = server.address() as AddressInfo;
  log.info(
    `the shop listens on http://${address.includes(':') ? `[${address}]` : address}:${port}`,
  );
});

stopOnSignal({
  server,
  log,
  release: async () => {
    faults.stop();
    await Promise.all([onboarding.stop(), abandoning.stop()]);
    for (const state of Object.values(states)) state.stop();
    await refreshStates(states);
    await orderQueue.close();
    cache.close();
    admin.close();
    await database.$disconnect();
  },
});
