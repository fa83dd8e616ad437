import { once } from 'node:events';
import { createServer } from 'node:net';
import { type Check, fail, ok, skipped } from '../check.ts';
import type { Environment } from '../doctor-context.ts';

export const ports: Check = {
  id: 'ports',
  group: 'app',
  title: 'The port of /metrics',
  async run({ env, request }) {
    const asked = metricsAddress(env);
    if (asked === undefined) return ok('no /metrics endpoint is asked for');
    const { host, port, variable } = asked;
    if (!Number.isInteger(port) || port < 0 || port > 65_535) {
      return skipped(`${variable} is no port: the row of the settings says it`);
    }
    if (port === 0) return ok('/metrics takes a free port');
    const problem = await tryPort(host, port);
    if (problem === undefined) return ok(`${host}:${port} is free`);
    if (problem !== 'EADDRINUSE') {
      return fail(
        `/metrics cannot listen on ${host}:${port}: ${problem}`,
        `Correct ${variable} or the host beside it.`,
      );
    }
    const shown = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
    const page = await request({
      url: `http://${shown.includes(':') ? `[${shown}]` : shown}:${port}/metrics`,
      maxBytes: 16_777_216,
    });
    const own =
      page.problem === undefined &&
      page.status === 200 &&
      page.body.includes('telemetry_distro_name="@bellwether/sdk"');
    if (own) return ok(`${host}:${port} is the /metrics of a running SDK of ours`);
    return fail(
      `${host}:${port} is in use by something else: there will be no /metrics`,
      `Choose another ${variable}; 0 takes a free one.`,
    );
  },
};

function metricsAddress(env: Environment) {
  const own = env.BELLWETHER_METRICS_PORT?.trim();
  if (own) {
    const host = env.BELLWETHER_METRICS_HOST?.trim() || '127.0.0.1';
    return { host, port: Number(own), variable: 'BELLWETHER_METRICS_PORT' };
  }
  const exporters = (env.OTEL_METRICS_EXPORTER ?? '').split(',').map((name) => name.trim());
  if (!exporters.includes('prometheus')) return undefined;
  const port = Number(env.OTEL_EXPORTER_PROMETHEUS_PORT?.trim() || 9464);
  const host = env.OTEL_EXPORTER_PROMETHEUS_HOST?.trim() || 'localhost';
  return { host, port, variable: 'OTEL_EXPORTER_PROMETHEUS_PORT' };
}

async function tryPort(host: string, port: number): Promise<string | undefined> {
  const server = createServer().listen({ host, port, exclusive: true });
  try {
    await once(server, 'listening');
    return undefined;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? String(error);
  } finally {
    server.close();
  }
}
