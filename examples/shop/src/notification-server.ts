import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { openDatabase } from './database/database.ts';
import { readChannelPlan } from './notifications/channel-plan.ts';
import { openChannels } from './notifications/channels/open-channels.ts';
import { startDispatcher } from './notifications/dispatcher.ts';
import { watchHeartbeat } from './notifications/heartbeat.ts';
import { keepOutbox } from './notifications/keep-outbox.ts';
import { createNotificationApp } from './notifications/notification-app.ts';
import { readNotificationSettings } from './notifications/notification-settings.ts';
import { openSecretFile } from './notifications/secret-file.ts';
import { openDirectTeller } from './notifications/tell-directly.ts';
import { stopOnSignal } from './stop-on-signal.ts';

const settings = readNotificationSettings(process.env);
const plan = readChannelPlan(settings.channelsFile);
const token = openSecretFile(settings.tokenFile);
const readToken = openSecretFile(settings.readTokenFile);
const log = pino({ level: settings.logLevel, base: null });
const channels = openChannels(plan, log);

const database = openDatabase(settings.databaseUrl, settings.databaseConnections);
const { linkOrigins } = plan;
const dispatcher = startDispatcher({ database, log, channels, linkOrigins, settings });
const changed = () => dispatcher.wake();
const direct = openDirectTeller({ database, log, plan, channels, settings, changed });
const heartbeat = watchHeartbeat({ database, log, plan, settings, direct, changed });
const { retentionDays } = settings;
const outbox = keepOutbox({ database, log, channels, retentionDays });

const app = createNotificationApp({
  settings,
  log,
  database,
  plan,
  dispatcher,
  direct,
  heartbeat,
  token,
  readToken,
});
const server = app.listen(settings.port, settings.host, (error?: Error) => {
  if (error !== undefined) throw error;
  const { address, port } = server.address() as AddressInfo;
  log.info(
    `the notification service listens on http://${address.includes(':') ? `[${address}]` : address}:${port}`,
  );
});

stopOnSignal({
  server,
  log,
  release: async () => {
    await Promise.all([dispatcher.stop(), direct.stop(), heartbeat.stop(), outbox.stop()]);
    await database.$disconnect();
  },
});
