import { join } from 'node:path';
import { countryHeader } from '../../../examples/shop/dist/traffic/index.js';
import { startServices } from './start-services.mjs';
import { startUsersDatabase } from './users-database.mjs';

/**
 * The services on a pipeline that runs, with the database for users that was planned. `secrets` is a folder for what they keep to themselves. `environment` is what each of them is told, the nightly job too;
 * `count` reads the profiles made since then. Rejects when the signal is given before all of them run.
 */
export async function startOnPipeline({
  pipeline,
  usersPlan,
  secrets,
  dataDir,
  telemetry,
  say,
  onExit,
  signal,
}) {
  const { addresses, tenants, notifications } = pipeline;
  if (notifications === undefined) throw new Error('Stopped before the services were started');
  const { postgres } = addresses;
  const stops = [];
  const stop = async () => {
    for (const end of stops.splice(0).reverse()) await end();
  };
  const environment = {
    OTEL_RESOURCE_ATTRIBUTES: 'service.namespace=bellwether,deployment.environment.name=local',
    OTEL_EXPORTER_OTLP_ENDPOINT: addresses.collectorHttp,
    OTEL_METRIC_EXPORT_INTERVAL: '5000',
    LOG_LEVEL: 'info',
    ...telemetry,
  };
  try {
    const users = await startUsersDatabase(usersPlan, { dataDir, postgres, say });
    stops.push(users.stop);
    const services = await startServices({
      ...{ postgres, redis: addresses.redis, usersDatabase: users.url },
      notifications: { address: notifications.address, tokenFile: pipeline.secrets.tokenFile },
      ...{ tenants, secrets, environment, countryHeader },
      ...{ logFolder: join(dataDir, 'logs'), onExit, signal },
    });
    stops.push(services.stop);
    return { services, environment, usersDatabase: users.kind, count: users.count, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
