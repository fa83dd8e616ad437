import {
  containerCpu,
  containerThrottled,
  SHORT_LEGEND,
  withNumber,
} from '../../../queries/container-queries.ts';
import type { QueryScope } from '../../../query/query-scope.ts';
import { containerThresholds } from '../../../thresholds/container-thresholds.ts';
import { query } from '../../panels/panel-query.ts';
import { badAbove, neutral } from '../../panels/panel-thresholds.ts';
import { unit } from '../../panels/panel-units.ts';
import { timeSeries } from '../../panels/time-series.ts';

export const cpu = (scope: QueryScope) =>
  timeSeries({
    title: 'CPU of containers',
    description: {
      shows: 'Cores that each container uses.',
      matters: 'Containers share the cores of a machine: one that takes all slows down the others.',
      act: 'Give the greedy one a limit, or move it; see the machine on System and infrastructure.',
    },
    unit: unit.count,
    thresholds: neutral,
    queries: [query(withNumber(containerCpu(scope)), SHORT_LEGEND)],
  });

export const throttled = (scope: QueryScope) =>
  timeSeries({
    title: 'Throttled',
    description: {
      shows:
        'Share of periods in which a container had to wait because its CPU limit was used up; only those with a limit.',
      matters:
        'A process that waits looks slow and idle at once: nothing inside of it says why its event loop is late.',
      act: 'Raise the limit, or take it away and keep the request: a short burst needs more than the mean.',
    },
    unit: unit.ratio,
    max: 1,
    thresholds: badAbove(containerThresholds.throttled),
    queries: [query(withNumber(containerThrottled(scope)), SHORT_LEGEND)],
  });
