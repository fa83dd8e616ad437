import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { prepareDatabase } from '../../examples/shop/dist/database/index.js';
import { countryHeader } from '../../examples/shop/dist/traffic/index.js';
import { startStack } from '../../packages/cli/dist/index.js';
import { startNodeProcess } from './node-process.mjs';
import { notificationSecrets, startNotifications } from './notifications.mjs';
import { startPaymentProvider } from './payment-provider.mjs';
import { progressLines } from './progress-lines.mjs';

/**
 * The whole pipeline on loopback: the stack, the shop in `replicas` processes, and the notification service that Alertmanager
 * delivers to. When a part cannot be started, what has been started is stopped. `onProblem` is told what ends by itself later,
 * `onStack` the stack's addresses before anything of ours is started. `ports` are those of the stack, of the notification service, and
 * of each replica by its number; free ones where it says nothing. `shopVersions` are the `service.version` of each replica, else that of its
 * package.
 */
export async function startPipeline({
  dataDir,
  replicas,
  signal,
  say,
  onProblem,
  onStack,
  ports = {},
  stackSettings = {},
  environment: more = {},
  shopEnvironment = {},
  shopVersions = [],
  notificationsEnvironment = {},
}) {
  const secrets = await notificationSecrets(ports.notifications);
  const payments = await startPaymentProvider();
  const pipeline = { stack: undefined, shops: [], notifications: undefined };
  const stop = async () => {
    await Promise.allSettled(
      [...pipeline.shops, pipeline.notifications].map((process) => process?.stop()),
    );
    await pipeline.stack?.stop({ volumes: false });
    payments.stop();
    secrets.remove();
  };
  try {
    pipeline.stack = await startStack({
      ...stackSettings,
      dataDir,
      signal,
      ports: ports.stack,
      notifications: { url: secrets.url, tokenFile: secrets.tokenFile },
      onProgress: progressLines(say, signal),
      onServiceExit: ({ name, exit }) =>
        onProblem(`${name} ended by itself: ${exit.lastLines.join(' | ')}`),
    });
    const { addresses } = pipeline.stack;
    onStack?.(addresses);
    const since = new Date();
    const { tenants } = await prepareDatabase(addresses.postgres, { keyName: 'start' });
    const common = { logFolder: join(dataDir, 'logs'), onExit: onProblem };
    const environment = { ...environmentOf(addresses), ...more };
    if (!signal.aborted)
      pipeline.notifications = await startNotifications({
        ...common,
        secrets,
        environment: { ...environment, ...notificationsEnvironment },
      });
    const versionOf = (number) => {
      const version = shopVersions[number - 1];
      const resource = environment.OTEL_RESOURCE_ATTRIBUTES;
      return version === undefined
        ? {}
        : { OTEL_RESOURCE_ATTRIBUTES: `${resource},service.version=${version}` };
    };
    const startShop = async (number) => {
      pipeline.shops.push(
        await startNodeProcess({
          ...common,
          name: `shop-${number}`,
          program: 'dist/server.js',
          port: ports.replica?.(number),
          environment: {
            ...environment,
            SHOP_PAYMENT_URL: payments.address,
            ...versionOf(number),
            ...shopEnvironment,
          },
        }),
      );
    };
    const startShops = async () => {
      for (let number = 1; number <= replicas && !signal.aborted; number += 1)
        await startShop(number);
    };
    /** Ends every replica, as a bad deployment would. */
    const stopShops = () => Promise.all(pipeline.shops.splice(0).map((shop) => shop.stop()));
    /** Ends the oldest replica by this signal; returns how it ended. */
    const stopShop = (how) => pipeline.shops.shift().stop(how);
    await startShops();
    return {
      ...pipeline,
      ...{ addresses, since, tenants, secrets, stop },
      ...{ startShops, stopShops, startShop, stopShop },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** What every process of ours is told. The key of the shop's tokens is made for this run. */
function environmentOf({
  postgres,
  redis,
  collectorHttp,
  prometheus,
  promLabelProxy,
  alertmanager,
}) {
  return {
    DATABASE_URL: postgres,
    REDIS_URL: redis,
    SHOP_PROMETHEUS_URL: prometheus,
    SHOP_TENANT_PROMETHEUS_URL: promLabelProxy,
    SHOP_ALERTMANAGER_URL: alertmanager,
    JWT_SECRET: randomBytes(32).toString('hex'),
    OTEL_SERVICE_NAME: 'shop',
    OTEL_RESOURCE_ATTRIBUTES: 'service.namespace=bellwether,deployment.environment.name=local',
    OTEL_EXPORTER_OTLP_ENDPOINT: collectorHttp,
    OTEL_METRIC_EXPORT_INTERVAL: '5000',
    BELLWETHER_COUNTRY_HEADER: countryHeader,
    // Long enough to come back to, short enough to see carts abandoned.
    SHOP_CART_IDLE_SECONDS: '30',
    LOG_LEVEL: 'info',
  };
}
