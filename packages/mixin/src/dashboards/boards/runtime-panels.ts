import {
  eventLoopDelay,
  gcShare,
  heapShare,
  processCpu,
  replicas,
  residentMemory,
  uptime,
} from '../../queries/runtime-queries.ts';
import type { QueryScope } from '../../query/query-scope.ts';
import { runtimeThresholds } from '../../thresholds/runtime-thresholds.ts';
import { query } from '../panels/panel-query.ts';
import { badAbove, neutral } from '../panels/panel-thresholds.ts';
import { unit } from '../panels/panel-units.ts';
import { stat } from '../panels/stat.ts';
import { timeSeries } from '../panels/time-series.ts';

/** Panels about processes of Node that stand on overviews; the Node dashboard has them in full. */

export const instancesStat = (scope: QueryScope) =>
  stat({
    title: 'Instances',
    description: {
      shows: 'Processes that report now.',
      matters:
        'Fewer than you started means less room for load, and none to spare when one more goes.',
      act: 'Ask the platform why it does not start the missing ones; their last log lines say more.',
    },
    unit: unit.count,
    thresholds: neutral,
    queries: [query(replicas(scope), 'Instances')],
  });

export const uptimeStat = (scope: QueryScope) =>
  stat({
    title: 'Youngest process',
    description: {
      shows: 'Time since the last start of any of the selected processes.',
      matters: 'A few minutes without a deployment mean that a process died and was replaced.',
      act: 'Look for its last log lines, for memory near the limit, and for the exit code.',
    },
    unit: unit.duration,
    thresholds: neutral,
    queries: [query(uptime(scope), 'Uptime')],
  });

export const delaySeries = (scope: QueryScope, by: string) =>
  timeSeries({
    title: 'Event loop delay',
    description: {
      shows: `How late the event loop came, 99th percentile, the worst process by ${by}. An idle loop shows 10 ms.`,
      matters: 'While the loop is late every request waits, health checks included.',
      act: 'Take a CPU profile; look for big JSON, synchronous files, and regular expressions on long texts.',
    },
    unit: unit.seconds,
    thresholds: badAbove(runtimeThresholds.eventLoopDelayP99),
    queries: [query(eventLoopDelay('p99', scope, [by]), `{{${by}}}`)],
  });

export const heapSeries = (scope: QueryScope) =>
  timeSeries({
    title: 'Heap in use',
    description: {
      shows: 'Share of the heap limit of V8 that is in use, by instance.',
      matters: 'Near the limit Node collects garbage all the time, then dies.',
      act: 'A line that only climbs is a leak: compare two heap snapshots. Otherwise raise the limit.',
    },
    unit: unit.ratio,
    thresholds: badAbove(runtimeThresholds.heapShare),
    queries: [query(heapShare(scope, ['instance']), '{{instance}}')],
  });

export const gcSeries = (scope: QueryScope) =>
  timeSeries({
    title: 'Time in garbage collection',
    description: {
      shows: 'Share of time that each process spends in garbage collection.',
      matters: 'It is time in which no request moves.',
      act: 'Look for what makes many objects on each request; see heap in use for whether room is short.',
    },
    unit: unit.ratio,
    thresholds: badAbove(runtimeThresholds.gcShare),
    queries: [query(gcShare(scope, ['instance']), '{{instance}}')],
  });

export const cpuSeries = (scope: QueryScope) =>
  timeSeries({
    title: 'CPU of processes',
    description: {
      shows: 'Cores that each process uses; JavaScript itself can use one.',
      matters: 'Near one core a process can not answer more, however many cores the host has.',
      act: 'Start more instances, then take a CPU profile of one.',
    },
    unit: unit.ratio,
    thresholds: badAbove(runtimeThresholds.cpu),
    queries: [query(processCpu(scope, ['instance']), '{{instance}}')],
  });

export const memorySeries = (scope: QueryScope) =>
  timeSeries({
    title: 'Memory of processes',
    description: {
      shows: 'Resident memory of each process.',
      matters: 'The platform ends a process that grows beyond its limit, with all requests in it.',
      act: 'When it grows and the heap does not, look for buffers and native modules.',
    },
    unit: unit.bytes,
    thresholds: neutral,
    queries: [query(residentMemory(scope, ['instance']), '{{instance}}')],
  });
