import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { createApp } from './app.ts';
import { openCache } from './cache/cache.ts';
import { openDatabase } from './database/database.ts';
import { followFaults } from './faults/fault-plan.ts';
import { readSettings } from './settings.ts';
import { stopOnSignal } from './stop-on-signal.ts';
import { keepMrr } from './subscriptions/mrr.ts';
import { createTenantDirectory } from './tenants/tenant-directory.ts';
import { tenantSource } from './tenants/tenant-source.ts';

const settings = readSettings(process.env);
const log = pino({ level: settings.logLevel, base: null });
const database = openDatabase(settings.databaseUrl, settings.databaseConnections);
const cache = await openCache(settings.redisUrl, log);
const faults = followFaults(cache, log);
const mrr = keepMrr(database, log);
const tenants = createTenantDirectory(tenantSource(database));
await mrr.refreshAll();

const app = createApp({ settings, log, database, cache, tenants, faults, mrr });
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
    mrr.stop();
    await mrr.refreshAll();
    cache.close();
    await database.$disconnect();
  },
});
