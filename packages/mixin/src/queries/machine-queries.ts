import { machine } from '../metrics/machine-details.ts';
import type { Metric } from '../metrics/metric.ts';
import { up } from '../metrics/scrape.ts';
import { serverProcess } from '../metrics/server-process.ts';
import { avgBy, minBy } from '../query/aggregation.ts';
import { rate, select, sumBy } from '../query/promql.ts';
import type { QueryScope } from '../query/query-scope.ts';
import { SERVER } from '../query/service-labels.ts';

const DEVICE = ['instance', 'device'] as const;
const NICS = 'device!~"lo|veth.*|docker.*|br-.*|cni.*|cali.*"';
const perDevice = (metric: Metric, scope: QueryScope, matchers: readonly string[] = []): string =>
  sumBy(DEVICE, rate(metric, scope, matchers));

/** Operations a second, by device. */
export const diskReads = (scope: QueryScope): string => perDevice(machine.reads, scope);
export const diskWrites = (scope: QueryScope): string => perDevice(machine.writes, scope);

/** Seconds of one operation on average, by device; nothing while there are none. */
export const diskReadTime = (scope: QueryScope): string =>
  `${perDevice(machine.readTime, scope)} / (${diskReads(scope)} > 0)`;
export const diskWriteTime = (scope: QueryScope): string =>
  `${perDevice(machine.writeTime, scope)} / (${diskWrites(scope)} > 0)`;

/** Packets a second that were dropped for want of room, by device. */
export const networkDrops = (scope: QueryScope): string =>
  `${perDevice(machine.receiveDrops, scope, [NICS])} + ${perDevice(machine.sendDrops, scope, [NICS])}`;

/** 1 for every target that Prometheus reaches, 0 for those that it does not. */
export const targets = (scope: QueryScope): string => minBy(SERVER, select(up, scope));

/** Share of the targets that Prometheus reaches, 0 to 1. */
export const targetsUp = (scope: QueryScope): string => avgBy([], select(up, scope));

/** Restarts of scraped servers within the window of the scope. */
export const serverRestarts = (scope: QueryScope): string =>
  sumBy(['job'], `changes(${select(serverProcess.startTime, scope)}[${scope.window}])`);

export const serverMemory = (scope: QueryScope): string =>
  sumBy(SERVER, select(serverProcess.memory, scope));
/** Cores. */
export const serverCpu = (scope: QueryScope): string =>
  sumBy(SERVER, rate(serverProcess.cpu, scope));
