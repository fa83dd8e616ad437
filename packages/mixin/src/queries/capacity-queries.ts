import { prometheusServer } from '../metrics/prometheus-server.ts';
import { select, sumBy } from '../query/promql.ts';
import type { QueryScope } from '../query/query-scope.ts';
import { INSTANCE, SERVER } from '../query/service-labels.ts';
import { hostMemoryAvailable, hostMemoryTotal } from './host-queries.ts';
import { postgresSessions } from './postgres-queries.ts';
import { heapUsed, residentMemory } from './runtime-queries.ts';

type By = readonly string[];

/** What will be `ahead` seconds from now, when all goes on as in the window of the scope; for a series as it is stored. */
const line = (series: string, ahead: string, { window }: QueryScope): string =>
  `predict_linear(${series}[${window}], ${ahead})`;

/** The same of a sum: it is asked every `step`, not at every sample, because each step adds up all series. */
const lineOfSum = (sum: string, ahead: string, { window }: QueryScope, step: string): string =>
  `predict_linear((${sum})[${window}:${step}], ${ahead})`;

/** Bytes of memory that programs will still get. Below 0: none is left by then. */
export const hostMemoryForecast = (ahead: string, scope: QueryScope): string =>
  line(hostMemoryAvailable(scope), ahead, scope);

/** Share of its memory that a machine has to spare, 0 to 1. */
export const hostMemorySpare = (scope: QueryScope): string =>
  `${hostMemoryAvailable(scope)} / ${hostMemoryTotal(scope)}`;

/** Bytes of the V8 heap that will be in use, by replica. */
export const heapForecast = (
  ahead: string,
  scope: QueryScope,
  { by = INSTANCE, step = '1m' }: { by?: By; step?: string } = {},
): string => lineOfSum(heapUsed(scope, by), ahead, scope, step);

/** Resident bytes of a process to come, by replica. */
export const residentForecast = (
  ahead: string,
  scope: QueryScope,
  { by = INSTANCE, step = '1m' }: { by?: By; step?: string } = {},
): string => lineOfSum(residentMemory(scope, by), ahead, scope, step);

/** Sessions that a PostgreSQL server will have. */
export const postgresSessionsForecast = (ahead: string, scope: QueryScope, step = '1m'): string =>
  lineOfSum(postgresSessions(scope), ahead, scope, step);

/** Series in the memory of Prometheus. */
export const headSeries = (scope: QueryScope, by: By = SERVER): string =>
  sumBy(by, select(prometheusServer.headSeries, scope));

/** Series that Prometheus will have in memory. */
export const headSeriesForecast = (ahead: string, scope: QueryScope): string =>
  line(select(prometheusServer.headSeries, scope), ahead, scope);

/** How many times as many they will be. */
export const headSeriesGrowth = (ahead: string, scope: QueryScope): string =>
  `${headSeriesForecast(ahead, scope)} / (${select(prometheusServer.headSeries, scope)} > 0)`;

/** Bytes of Prometheus' blocks to come. */
export const blocksForecast = (ahead: string, scope: QueryScope): string =>
  line(select(prometheusServer.blocksBytes, scope), ahead, scope);
