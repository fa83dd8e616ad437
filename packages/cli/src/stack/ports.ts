import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { CliError } from '../cli-error.ts';
import type { ServiceName } from './service-names.ts';

/** Every port of the stack: whose it is, and the number that people expect it at (`--ports standard`). */
export const PORT_TABLE = {
  postgres: { service: 'postgres', standard: 5432 },
  redis: { service: 'redis', standard: 6379 },
  prometheus: { service: 'prometheus', standard: 9090 },
  /** Prometheus itself, where a guard has its port. */
  prometheusInner: { service: 'prometheus-guard', standard: 9091 },
  alertmanager: { service: 'alertmanager', standard: 9093 },
  collectorGrpc: { service: 'collector', standard: 4317 },
  collectorHttp: { service: 'collector', standard: 4318 },
  collectorHealth: { service: 'collector', standard: 13133 },
  collectorMetrics: { service: 'collector', standard: 8888 },
  promLabelProxy: { service: 'prom-label-proxy', standard: 8080 },
  nodeExporter: { service: 'node-exporter', standard: 9100 },
  postgresExporter: { service: 'postgres-exporter', standard: 9187 },
  redisExporter: { service: 'redis-exporter', standard: 9121 },
  mysqlExporter: { service: 'mysql-exporter', standard: 9104 },
} as const satisfies Record<string, { service: ServiceName; standard: number }>;

/** A port of the stack, by the name that `--ports` and `startStack({ ports })` take. */
export type PortName = keyof typeof PORT_TABLE;
export type Ports = Readonly<Record<PortName, number>>;

const NAMES = Object.keys(PORT_TABLE) as PortName[];
const HOST = '127.0.0.1';

export const isPortName = (name: string): name is PortName => Object.hasOwn(PORT_TABLE, name);
export const portNames = (): readonly PortName[] => NAMES;

/**
 * Ports on loopback for these services: the given ones after a check that they are free, free ones for the rest.
 * All are held at once, so no two are the same. Throws ERR_PORT_IN_USE.
 */
export async function choosePorts(
  services: readonly ServiceName[],
  given: Readonly<Partial<Record<PortName, number>>> = {},
): Promise<Readonly<Partial<Record<PortName, number>>>> {
  const wanted = NAMES.filter((name) => services.includes(PORT_TABLE[name].service));
  const held: Server[] = [];
  const ports: Partial<Record<PortName, number>> = {};
  try {
    const givenFirst = [...wanted].sort((a, b) => Number(b in given) - Number(a in given));
    for (const name of givenFirst) {
      const server = await hold(name, given[name] ?? 0);
      held.push(server);
      ports[name] = (server.address() as AddressInfo).port;
    }
    return ports;
  } finally {
    await Promise.all(held.map((server) => new Promise((done) => server.close(done))));
  }
}

async function hold(name: PortName, port: number): Promise<Server> {
  const server = createServer();
  server.listen({ port, host: HOST, exclusive: true });
  try {
    await once(server, 'listening');
    return server;
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code;
    throw new CliError(
      'ERR_PORT_IN_USE',
      `Expected port ${port} for ${name} to be free on ${HOST}, got ${why === 'EADDRINUSE' ? 'one in use' : why}; ` +
        'give another one by --ports, or none to have a free one chosen.',
      { cause: error },
    );
  }
}
