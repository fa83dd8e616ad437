import { node } from '../metrics/node-exporter.ts';
import { avgBy, countBy } from '../query/aggregation.ts';
import { rate, select, sumBy } from '../query/promql.ts';
import type { QueryScope } from '../query/query-scope.ts';
import { SERVER } from '../query/service-labels.ts';

type By = readonly string[];

/** Machines are told apart by these. */
export const HOST = SERVER;

/** File systems that are no disk, or can't be written. */
const DISKS = 'fstype!~"tmpfs|ramfs|devtmpfs|squashfs|iso9660|fuse.*|nsfs|rpc_pipefs",fstype!=""';
const NICS = 'device!~"lo|veth.*|docker.*|br-.*|cni.*|cali.*"';

/** Share of time that cores were not idle, 0 to 1. Add `cpu` for each core. */
export const hostCpu = (scope: QueryScope, by: By = HOST): string =>
  `1 - ${avgBy(by, rate(node.cpu, scope, ['mode="idle"']))}`;

/** Share of time by what the cores did, 0 to 1. */
export const hostCpuByMode = (scope: QueryScope, by: By = HOST): string =>
  avgBy([...by, 'mode'], rate(node.cpu, scope, ['mode!="idle"']));

export const hostCores = (scope: QueryScope, by: By = HOST): string =>
  countBy(by, select(node.cpu, scope, ['mode="idle"']));

/** Runnable and blocked tasks for each core: above 1, some wait. */
export const hostLoad = (minutes: 1 | 5 | 15, scope: QueryScope): string =>
  `${sumBy(HOST, select({ 1: node.load1, 5: node.load5, 15: node.load15 }[minutes], scope))} / ${hostCores(scope)}`;

/** Share of memory that programs can no longer get, 0 to 1. */
export const hostMemory = (scope: QueryScope): string =>
  `1 - ${select(node.memoryAvailable, scope)} / ${select(node.memoryTotal, scope)}`;

export const hostMemoryTotal = (scope: QueryScope): string => select(node.memoryTotal, scope);
export const hostMemoryAvailable = (scope: QueryScope): string =>
  select(node.memoryAvailable, scope);

/** Share of disk space in use, 0 to 1, as `df` counts: what is reserved for root is neither used nor available. */
export const diskUsed = (scope: QueryScope): string => {
  const used = `(${select(node.filesystemSize, scope, [DISKS])} - ${select(node.filesystemFree, scope, [DISKS])})`;
  return `${used} / (${used} + ${diskAvailable(scope)})`;
};

export const diskAvailable = (scope: QueryScope): string =>
  select(node.filesystemAvailable, scope, [DISKS]);

/** Share of inodes in use, 0 to 1. File systems without a fixed number of them are left out. */
export const inodesUsed = (scope: QueryScope): string =>
  `1 - ${select(node.inodesFree, scope, [DISKS])} / (${select(node.inodes, scope, [DISKS])} > 0)`;

/** Bytes that will be left `ahead` seconds from now, when all goes on as in the window of the scope. Below 0: full by then. */
export const diskForecast = (ahead: string, scope: QueryScope): string =>
  `predict_linear(${diskAvailable(scope)}[${scope.window}], ${ahead})`;

/** 1 where nothing can be written. */
export const readOnlyDisks = (scope: QueryScope): string =>
  select(node.filesystemReadOnly, scope, [DISKS]);

/** Bytes a second, by device. */
export const diskRead = (scope: QueryScope): string =>
  sumBy([...HOST, 'device'], rate(node.diskRead, scope));
export const diskWritten = (scope: QueryScope): string =>
  sumBy([...HOST, 'device'], rate(node.diskWritten, scope));

/** Share of time with I/O under way, 0 to 1, by device. */
export const diskBusy = (scope: QueryScope): string =>
  sumBy([...HOST, 'device'], rate(node.diskBusy, scope));

/** Bytes a second. Bridges and the loopback are left out, so that nothing counts twice. */
export const networkReceived = (scope: QueryScope): string =>
  sumBy([...HOST, 'device'], rate(node.received, scope, [NICS]));
export const networkSent = (scope: QueryScope): string =>
  sumBy([...HOST, 'device'], rate(node.sent, scope, [NICS]));

/** Packets a second that were damaged or could not be sent. */
export const networkErrors = (scope: QueryScope): string =>
  `${sumBy([...HOST, 'device'], rate(node.receiveErrors, scope, [NICS]))} + ${sumBy([...HOST, 'device'], rate(node.sendErrors, scope, [NICS]))}`;

/** Share of the open files that the machine allows, 0 to 1. */
export const hostOpenFiles = (scope: QueryScope): string =>
  `${select(node.openFiles, scope)} / ${select(node.openFilesMax, scope)}`;

/** Seconds since the machine started. */
export const hostUptime = (scope: QueryScope): string => `time() - ${select(node.bootTime, scope)}`;
