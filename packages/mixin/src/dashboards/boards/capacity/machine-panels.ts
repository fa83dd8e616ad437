import { hostMemoryForecast } from '../../../queries/capacity-queries.ts';
import {
  diskAvailable,
  diskForecast,
  hostMemory,
  hostMemoryAvailable,
} from '../../../queries/host-queries.ts';
import type { QueryScope } from '../../../query/query-scope.ts';
import { capacityThresholds } from '../../../thresholds/capacity-thresholds.ts';
import { query } from '../../panels/panel-query.ts';
import { badAbove, neutral } from '../../panels/panel-thresholds.ts';
import { unit } from '../../panels/panel-units.ts';
import { timeSeries } from '../../panels/time-series.ts';
import { DAY, FORECAST, ofHours, WEEK } from './ahead.ts';

/** Bytes can not be less than none, whatever a line says. */
const atLeastNone = (expression: string) => `clamp_min(${expression}, 0)`;

export const memoryTaken = (scope: QueryScope) =>
  timeSeries({
    title: 'Memory taken',
    description: {
      shows:
        'Share of memory that programs can no longer get, by machine; caches of files do not count.',
      matters: 'Above the line HostMemoryFilling asks the forecast beside it.',
      act: 'A slope is a leak, a step is something that was added: see who on System and infrastructure.',
    },
    unit: unit.ratio,
    max: 1,
    thresholds: badAbove(capacityThresholds.hostMemory),
    width: 8,
    queries: [query(hostMemory(scope), '{{instance}}')],
  });

export const memory = (scope: QueryScope) =>
  timeSeries({
    title: 'Memory of machines, forecast',
    description: {
      shows: `Bytes of memory that programs can still get. ${FORECAST} Zero: none by then.`,
      matters: 'At the end the kernel ends the largest process: mostly the database.',
      act: 'Zero in a day: today, in daylight. Zero in a week: this week.',
    },
    unit: unit.bytes,
    thresholds: neutral,
    width: 8,
    queries: [
      query(hostMemoryAvailable(scope), 'now, {{instance}}'),
      query(atLeastNone(hostMemoryForecast(DAY, ofHours(scope))), 'in a day, {{instance}}'),
      query(atLeastNone(hostMemoryForecast(WEEK, ofHours(scope))), 'in a week, {{instance}}'),
    ],
  });

export const disk = (scope: QueryScope) =>
  timeSeries({
    title: 'Disks, forecast',
    description: {
      shows: `Bytes that are free on each file system. ${FORECAST} Zero: full by then.`,
      matters: 'A full disk stops PostgreSQL and Prometheus at once; most fill slowly.',
      act: 'Find what grew: du -xh / | sort -h | tail. DiskFilling tells when it is time.',
    },
    unit: unit.bytes,
    thresholds: neutral,
    width: 8,
    queries: [
      query(diskAvailable(scope), 'now, {{instance}} {{mountpoint}}'),
      query(
        atLeastNone(diskForecast(DAY, ofHours(scope))),
        'in a day, {{instance}} {{mountpoint}}',
      ),
      query(
        atLeastNone(diskForecast(WEEK, ofHours(scope))),
        'in a week, {{instance}} {{mountpoint}}',
      ),
    ],
  });
