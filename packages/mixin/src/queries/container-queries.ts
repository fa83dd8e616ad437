import { cadvisor } from '../metrics/cadvisor.ts';
import type { Metric } from '../metrics/metric.ts';
import { maxBy } from '../query/aggregation.ts';
import { rate, select, sumBy } from '../query/promql.ts';
import type { QueryScope } from '../query/query-scope.ts';
import { SERVER } from '../query/service-labels.ts';

/** Containers of Docker, Podman, containerd and CRI-O by their control group; of machines and slices, nobody asks here. */
const OF_CONTAINERS = 'id=~"/(.*/)?(docker|libpod|cri-containerd|containerd|crio)[-/].+"';
/** A container is told from others by these; those that nobody knows are empty. */
const CONTAINER = [...SERVER, 'namespace', 'pod', 'container', 'name', 'id'] as const;
const NOT_LOOPBACK = 'interface!="lo"';
/** Without a limit, control groups of the first version say a number larger than any memory. */
const NO_LIMIT = '1e15';

/** The beginning of a container's number, as the engine shows it, instead of its control group. */
export const SHORT_LEGEND = '{{namespace}} {{pod}} {{container}} {{name}} {{number}}';
export const withNumber = (expression: string): string =>
  `label_replace(${expression}, "number", "$1", "id", ".*[-/]([0-9a-f]{12})[0-9a-f]*(?:[.]scope)?")`;

const each = (metric: Metric, scope: QueryScope, matchers: readonly string[] = []): string =>
  sumBy(CONTAINER, rate(metric, scope, [OF_CONTAINERS, ...matchers]));
const now = (metric: Metric, scope: QueryScope): string =>
  maxBy(CONTAINER, select(metric, scope, [OF_CONTAINERS]));

/** Cores. */
export const containerCpu = (scope: QueryScope): string => each(cadvisor.cpu, scope);

/** Share of periods in which a container had to wait for its CPU limit, 0 to 1. */
export const containerThrottled = (scope: QueryScope): string =>
  `${each(cadvisor.throttledPeriods, scope)} / (${each(cadvisor.periods, scope)} > 0)`;

/** Bytes that cannot be taken away from it. */
export const containerMemory = (scope: QueryScope): string => now(cadvisor.memory, scope);

/** Bytes that it may use; nothing where there is no limit. */
export const containerMemoryLimit = (scope: QueryScope): string =>
  `(${now(cadvisor.memoryLimit, scope)} > 0 < ${NO_LIMIT})`;

/** Share of the limit, 0 to 1. */
export const containerMemoryShare = (scope: QueryScope): string =>
  `${containerMemory(scope)} / ${containerMemoryLimit(scope)}`;

/** How often it started again within the window of the scope. A container that is made anew instead has another number. */
export const containerRestarts = (scope: QueryScope): string =>
  maxBy(
    CONTAINER,
    `changes(${select(cadvisor.startTime, scope, [OF_CONTAINERS])}[${scope.window}])`,
  );

/** Seconds since it started. */
export const containerAge = (scope: QueryScope): string =>
  `time() - ${now(cadvisor.startTime, scope)}`;

/** Kills for want of memory within the window of the scope. */
export const containerKills = (scope: QueryScope): string =>
  sumBy(
    CONTAINER,
    `increase(${select(cadvisor.outOfMemory, scope, [OF_CONTAINERS])}[${scope.window}])`,
  );

/** Bytes a second. */
export const containerReceived = (scope: QueryScope): string =>
  each(cadvisor.received, scope, [NOT_LOOPBACK]);
export const containerSent = (scope: QueryScope): string =>
  each(cadvisor.sent, scope, [NOT_LOOPBACK]);
