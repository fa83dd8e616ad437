import { dbBusy } from '../../../queries/database-queries.ts';
import { requestRate } from '../../../queries/http-queries.ts';
import {
  eventLoopUtilization,
  processCpu,
  replicas,
  residentMemory,
} from '../../../queries/runtime-queries.ts';
import type { QueryScope } from '../../../query/query-scope.ts';
import { runtimeThresholds } from '../../../thresholds/runtime-thresholds.ts';
import { query } from '../../panels/panel-query.ts';
import { badAbove, neutral } from '../../panels/panel-thresholds.ts';
import { unit } from '../../panels/panel-units.ts';
import { timeSeries } from '../../panels/time-series.ts';
import { ofServices } from '../recorded-scope.ts';
import { BY, LEGEND } from './environment.ts';

/** By request, so that environments of different size can be compared. */
const each = (what: string, scope: QueryScope) => `${what} / (${requestRate(scope, BY)} > 0)`;

export const cpuOfRequest = (panel: QueryScope) => {
  const scope = ofServices(panel);
  return timeSeries({
    title: 'CPU of a request by environment',
    description: {
      shows: 'Seconds of CPU that processes use for one request on average, by environment.',
      matters:
        'It is the same for the same code: more of it is another version, other data or a slower machine.',
      act: 'In an environment with hardly any requests it is what idling costs: look at a busy hour.',
    },
    unit: unit.seconds,
    thresholds: neutral,
    queries: [query(each(processCpu(scope, BY), scope), LEGEND)],
  });
};

export const databaseOfRequest = (panel: QueryScope) => {
  const scope = ofServices(panel);
  return timeSeries({
    title: 'Database time of a request by environment',
    description: {
      shows: 'Seconds that services wait for databases for one request on average, by environment.',
      matters: 'Small data answers fast: what staging never shows, production has.',
      act: 'Much higher in one: its data is larger, an index is missing there, or its disk is slow.',
    },
    unit: unit.seconds,
    thresholds: neutral,
    queries: [query(each(dbBusy(scope, BY), scope), LEGEND)],
  });
};

export const busy = (panel: QueryScope) =>
  timeSeries({
    title: 'Event loop by environment',
    description: {
      shows: 'Share of time that the event loop of the busiest process was busy, by environment.',
      matters: 'Near the line requests wait for each other, however fast the code is.',
      act: 'Start more processes there, before you look for a slow route.',
    },
    unit: unit.ratio,
    max: 1,
    thresholds: badAbove(runtimeThresholds.eventLoopUtilization),
    queries: [query(eventLoopUtilization(ofServices(panel), BY), LEGEND)],
  });

export const memory = (panel: QueryScope) => {
  const scope = ofServices(panel);
  return timeSeries({
    title: 'Memory of a process by environment',
    description: {
      shows: 'Resident bytes of a process on average, by environment.',
      matters: 'A leak needs requests: it shows in production first, and in staging never.',
      act: 'Compare processes of the same age; see Capacity for how long it will do.',
    },
    unit: unit.bytes,
    thresholds: neutral,
    queries: [query(`${residentMemory(scope, BY)} / ${replicas(scope, BY)}`, LEGEND)],
  });
};
