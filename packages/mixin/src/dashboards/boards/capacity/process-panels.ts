import { heapForecast, residentForecast } from '../../../queries/capacity-queries.ts';
import {
  heapLimit,
  heapShare,
  heapUsed,
  residentMemory,
} from '../../../queries/runtime-queries.ts';
import type { QueryScope } from '../../../query/query-scope.ts';
import { capacityThresholds } from '../../../thresholds/capacity-thresholds.ts';
import { query } from '../../panels/panel-query.ts';
import { badAbove, neutral } from '../../panels/panel-thresholds.ts';
import { unit } from '../../panels/panel-units.ts';
import { timeSeries } from '../../panels/time-series.ts';
import { DAY, FORECAST, ofHours } from './ahead.ts';

const BY = ['job', 'instance'];
const LEGEND = '{{job}} {{instance}}';

export const heapInUse = (scope: QueryScope) =>
  timeSeries({
    title: 'Heap in use',
    description: {
      shows: 'Share of its heap limit that each process uses.',
      matters: 'Above the line HeapFilling asks the forecast beside it.',
      act: 'A line that rises ever since the start is a leak: see by space on Node runtime.',
    },
    unit: unit.ratio,
    max: 1,
    thresholds: badAbove(capacityThresholds.heap),
    width: 8,
    queries: [query(heapShare(scope, BY), LEGEND)],
  });

export const heap = (scope: QueryScope) =>
  timeSeries({
    title: 'Heap, forecast',
    description: {
      shows: `Bytes of the V8 heap in use, and the limit of the process. ${FORECAST}`,
      matters: 'At the limit Node ends the process, and every request in it is lost.',
      act: 'In the first hours of a process it grows for good reasons: look at those that are older.',
    },
    unit: unit.bytes,
    thresholds: neutral,
    width: 8,
    queries: [
      query(heapUsed(scope, BY), `now, ${LEGEND}`),
      query(
        `clamp_min(${heapForecast(DAY, ofHours(scope), { by: BY })}, 0)`,
        `in a day, ${LEGEND}`,
      ),
      query(`min(${heapLimit(scope, BY)})`, 'lowest limit'),
    ],
  });

export const resident = (scope: QueryScope) =>
  timeSeries({
    title: 'Memory of processes, forecast',
    description: {
      shows: `Resident bytes of each process: the heap and what lies beside it, as buffers. ${FORECAST}`,
      matters:
        'It grows while the heap does not where buffers or native modules leak; the limit of a container counts all of it.',
      act: 'Compare with the heap. Only this one grows: look for streams that nobody reads to the end.',
    },
    unit: unit.bytes,
    thresholds: neutral,
    width: 8,
    queries: [
      query(residentMemory(scope, BY), `now, ${LEGEND}`),
      query(
        `clamp_min(${residentForecast(DAY, ofHours(scope), { by: BY })}, 0)`,
        `in a day, ${LEGEND}`,
      ),
    ],
  });
