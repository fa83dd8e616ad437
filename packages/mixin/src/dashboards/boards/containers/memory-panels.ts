import {
  containerKills,
  containerMemory,
  containerMemoryShare,
  SHORT_LEGEND,
  withNumber,
} from '../../../queries/container-queries.ts';
import type { QueryScope } from '../../../query/query-scope.ts';
import { containerThresholds } from '../../../thresholds/container-thresholds.ts';
import { query } from '../../panels/panel-query.ts';
import { badAbove, neutral } from '../../panels/panel-thresholds.ts';
import { unit } from '../../panels/panel-units.ts';
import { timeSeries } from '../../panels/time-series.ts';

export const memory = (scope: QueryScope) =>
  timeSeries({
    title: 'Memory of containers',
    description: {
      shows: 'Bytes that cannot be taken away from each container: its working set.',
      matters: 'It is what the limit is compared with, and what the machine must have.',
      act: 'A line that rises since the start is a leak: see Node runtime for the heap.',
    },
    unit: unit.bytes,
    thresholds: neutral,
    width: 8,
    queries: [query(withNumber(containerMemory(scope)), SHORT_LEGEND)],
  });

export const memoryShare = (scope: QueryScope) =>
  timeSeries({
    title: 'Memory against the limit',
    description: {
      shows: 'Share of its memory limit that each container uses; only those with a limit.',
      matters: 'At the limit the kernel ends a process in it, without a word in its log.',
      act: 'Node: `--max-old-space-size` well below the limit. Others: their own setting, then the limit.',
    },
    unit: unit.ratio,
    max: 1,
    thresholds: badAbove(containerThresholds.memoryShare),
    width: 8,
    queries: [query(withNumber(containerMemoryShare(scope)), SHORT_LEGEND)],
  });

export const kills = (scope: QueryScope) =>
  timeSeries({
    title: 'Killed for want of memory',
    description: {
      shows:
        'Times that the kernel ended a process of a container, in the half hour before each point.',
      matters: 'Whatever it was doing is lost, and its clients saw a connection that broke.',
      act: 'See its memory before that: a step is a big piece of work, a slope is a leak.',
    },
    unit: unit.count,
    decimals: 0,
    thresholds: badAbove(containerThresholds.outOfMemory),
    width: 8,
    queries: [query(withNumber(containerKills({ ...scope, window: '30m' })), SHORT_LEGEND)],
  });
