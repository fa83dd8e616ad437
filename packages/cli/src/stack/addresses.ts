import type { PortName } from './ports.ts';
import type { ServiceName } from './service-names.ts';

/** Where to reach the stack, always on loopback. */
export interface StackAddresses {
  /** OTLP/HTTP: the value for `OTEL_EXPORTER_OTLP_ENDPOINT`. */
  readonly collectorHttp: string;
  /** OTLP/gRPC. */
  readonly collectorGrpc: string;
  /** The Collector's own metrics page. */
  readonly collectorMetrics: string;
  readonly prometheus: string;
  readonly alertmanager: string;
  /** PromQL that is bound to the tenant of the header `X-Tenant`. It does no authentication. */
  readonly promLabelProxy: string;
  /** The metrics page of the machine. */
  readonly nodeExporter: string;
  /** The metrics pages of PostgreSQL and Redis; absent where the exporter was not to be had. */
  readonly postgresExporter?: string;
  readonly redisExporter?: string;
  /** That of the MySQL or MariaDB that the settings name. */
  readonly mysqlExporter?: string;
  /** Connection URL of an empty database of our own. Holds the password. */
  readonly postgres: string;
  readonly redis: string;
}

/** Which service each address belongs to. */
export interface ServiceOfAddress {
  readonly collectorHttp: 'collector';
  readonly collectorGrpc: 'collector';
  readonly collectorMetrics: 'collector';
  readonly prometheus: 'prometheus';
  readonly alertmanager: 'alertmanager';
  readonly promLabelProxy: 'prom-label-proxy';
  readonly nodeExporter: 'node-exporter';
  readonly postgresExporter: 'postgres-exporter';
  readonly redisExporter: 'redis-exporter';
  readonly mysqlExporter: 'mysql-exporter';
  readonly postgres: 'postgres';
  readonly redis: 'redis';
}

type AddressNameOf<S extends ServiceName> = {
  [A in keyof StackAddresses]-?: ServiceOfAddress[A] extends S ? A : never;
}[keyof StackAddresses];

/** The addresses of the chosen services only. */
export type AddressesOf<S extends ServiceName> = Pick<StackAddresses, AddressNameOf<S>>;

/** The database and its owner in the stack's PostgreSQL. */
export const POSTGRES_NAME = 'bellwether';

export function addressesOf(
  ports: Readonly<Partial<Record<PortName, number>>>,
  postgresPassword: string | undefined,
): Partial<StackAddresses> {
  const addresses: Record<string, string> = {};
  const put = (
    name: keyof StackAddresses,
    port: number | undefined,
    before: string,
    after = '',
  ) => {
    if (port !== undefined) addresses[name] = `${before}127.0.0.1:${port}${after}`;
  };
  put('collectorHttp', ports.collectorHttp, 'http://');
  put('collectorGrpc', ports.collectorGrpc, 'http://');
  put('collectorMetrics', ports.collectorMetrics, 'http://', '/metrics');
  put('prometheus', ports.prometheus, 'http://');
  put('alertmanager', ports.alertmanager, 'http://');
  put('promLabelProxy', ports.promLabelProxy, 'http://');
  put('nodeExporter', ports.nodeExporter, 'http://', '/metrics');
  put('postgresExporter', ports.postgresExporter, 'http://', '/metrics');
  put('redisExporter', ports.redisExporter, 'http://', '/metrics');
  put('mysqlExporter', ports.mysqlExporter, 'http://', '/metrics');
  const user =
    postgresPassword === undefined ? POSTGRES_NAME : `${POSTGRES_NAME}:${postgresPassword}`;
  put('postgres', ports.postgres, `postgresql://${user}@`, `/${POSTGRES_NAME}`);
  put('redis', ports.redis, 'redis://');
  return addresses;
}
