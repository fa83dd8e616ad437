import { cadvisor } from '../metrics/cadvisor.ts';
import { type Metric, metricOf } from '../metrics/metric.ts';
import { mysql } from '../metrics/mysql-exporter.ts';
import { postgres } from '../metrics/postgres-exporter.ts';
import { postgresTables } from '../metrics/postgres-tables.ts';
import { redis } from '../metrics/redis-exporter.ts';
import { db, http, prisma } from '../metrics/sdk-metrics.ts';
import type { ResolvedSpec } from '../monitoring-spec.ts';

/** What a spec may say that its services do not have. `database` is all of SQL: `postgres`, `mysql` and `prisma` too. */
export const PARTS = [
  'database',
  'postgres',
  'mysql',
  'prisma',
  'redis',
  'http-client',
  'countries',
  'containers',
] as const;
/** One of `PARTS`. */
export type Part = (typeof PARTS)[number];

/** Redis is told from other databases by a label, because both share the metrics of the driver. */
const OF_REDIS = 'db_system_name="redis"';
const OF_POSTGRES = 'db_system_name="postgresql"';
const OF_MYSQL = /db_system_name=~?"(?:mysql|mariadb)/;

const POSTGRES = [postgres, postgresTables].flatMap((metrics) => Object.values<Metric>(metrics));
const MYSQL = Object.values<Metric>(mysql);
const PRISMA = Object.values<Metric>(prisma);
const DRIVER = Object.values<Metric>(db);

const about: Readonly<Record<Part, (query: string) => boolean>> = {
  postgres: (query) => names(query, POSTGRES) || query.includes(OF_POSTGRES),
  mysql: (query) => names(query, MYSQL) || OF_MYSQL.test(query),
  prisma: (query) => names(query, PRISMA),
  database: (query) =>
    about.postgres(query) ||
    about.mysql(query) ||
    about.prisma(query) ||
    (names(query, DRIVER) && !query.includes(OF_REDIS)),
  redis: (query) => names(query, Object.values(redis)) || query.includes(OF_REDIS),
  'http-client': (query) => names(query, [http.clientDuration]),
  countries: (query) => names(query, [http.serverCountries]),
  containers: (query) => names(query, Object.values(cadvisor)),
};

/** Whether a query is about something that the services of this spec do not have. */
export function isAbsent(query: string, { without }: ResolvedSpec): boolean {
  return without.some((part) => about[part](query));
}

/** Whether nobody of this spec emits a metric. That of the driver is there for each of its databases. */
export function isMetricAbsent(metric: Metric, spec: ResolvedSpec): boolean {
  const { without } = spec;
  if (
    spec.catalogs.some(({ instruments }) =>
      instruments.some((i) => metricOf(i).name === metric.name),
    )
  )
    return false;
  if (DRIVER.some(({ name }) => name === metric.name))
    return without.includes('database') && without.includes('redis');
  return isAbsent(metric.name, spec);
}

function names(query: string, metrics: readonly Metric[]): boolean {
  const words = new Set(query.match(/[a-zA-Z_:][\w:]*/g));
  return metrics.some(({ name }) =>
    ['', '_bucket', '_count', '_sum'].some((suffix) => words.has(name + suffix)),
  );
}
