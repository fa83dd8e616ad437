import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startServer } from './server-process.mjs';
import { ports } from './thanos.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const memoryMib = 1024;

/** The two tiers: an agent, and one gateway for each address that takes OTLP. */
export async function startTiers({ folder, programs, otlp, signal, stops }) {
  const start = (name, config, env) =>
    startCollector({ name, config, env, folder, programs, signal, stops });
  const gateways = [];
  for (const [number, url] of otlp.entries())
    gateways.push(
      await start(`gateway-${number}`, 'config.yaml', { BELLWETHER_PROMETHEUS_OTLP_URL: url }),
    );
  const agent = await start(
    'agent',
    'agent.yaml',
    Object.fromEntries(
      gateways.map(({ url }, number) => [`BELLWETHER_GATEWAY_${number}_URL`, url]),
    ),
  );
  return { agent, gateways };
}

/** One Collector of ours, with a configuration of the folder `collector`. */
export async function startCollector({ name, config, env, folder, programs, signal, stops }) {
  const { grpc, http, health, metrics } = await ports('grpc', 'http', 'health', 'metrics');
  const server = await startServer({
    name,
    file: programs.otelcol,
    args: ['--config', join(root, 'collector', config)],
    env: {
      GOMEMLIMIT: `${Math.floor(memoryMib * 0.8)}MiB`,
      BELLWETHER_COLLECTOR_MEMORY_MIB: String(memoryMib),
      BELLWETHER_COLLECTOR_HOST: '127.0.0.1',
      BELLWETHER_COLLECTOR_GRPC_PORT: String(grpc),
      BELLWETHER_COLLECTOR_HTTP_PORT: String(http),
      BELLWETHER_COLLECTOR_HEALTH_PORT: String(health),
      BELLWETHER_COLLECTOR_METRICS_PORT: String(metrics),
      BELLWETHER_COLLECTOR_QUEUE_DIR: join(folder, name, 'queue'),
      ...env,
    },
    logFolder: join(folder, 'logs'),
    readyUrl: `http://127.0.0.1:${health}/`,
    signal,
  });
  stops.push(() => server.stop());
  return {
    server,
    url: `http://127.0.0.1:${http}`,
    metrics: `http://127.0.0.1:${metrics}/metrics`,
  };
}

/** Points that a Collector keeps for somebody who has not taken them. */
export const queued = (collector) => sumOf(collector, 'otelcol_exporter_queue_size');

async function sumOf({ metrics }, name) {
  const text = await (await fetch(metrics, { signal: AbortSignal.timeout(5_000) })).text();
  return [...text.matchAll(new RegExp(`^${name}\\{[^}]*\\} (\\S+)$`, 'gm'))].reduce(
    (sum, [, value]) => sum + Number(value),
    0,
  );
}
