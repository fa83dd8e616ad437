import { latency, requestRate } from '../../../queries/http-queries.ts';
import { replicas } from '../../../queries/runtime-queries.ts';
import type { QueryScope } from '../../../query/query-scope.ts';
import { serviceThresholds } from '../../../thresholds/service-thresholds.ts';
import { dataLink, seriesLabel } from '../../frame/links.ts';
import { query } from '../../panels/panel-query.ts';
import { badAbove, neutral } from '../../panels/panel-thresholds.ts';
import { unit } from '../../panels/panel-units.ts';
import { timeSeries } from '../../panels/time-series.ts';
import { uids } from '../../uids.ts';
import { SERVICE } from './services-table.ts';

export const toService = () => [
  dataLink('This application', uids.application, {
    set: { job: seriesLabel('job') },
    keep: ['datasource', 'environment', 'tenant'],
  }),
];

export const traffic = (scope: QueryScope) =>
  timeSeries({
    title: 'Requests by service',
    description: {
      shows: 'Requests a second that each service answered.',
      matters:
        'A service that loses its traffic while its callers keep theirs is not reached any more.',
      act: 'Click the line. For one at zero, check its instances below, then the way to it.',
    },
    unit: unit.requestsPerSecond,
    thresholds: neutral,
    queries: [query(requestRate(scope, ['job']), '{{job}}')],
    links: toService(),
  });

export const slowness = (scope: QueryScope) =>
  timeSeries({
    title: 'Time to answer by service',
    description: {
      shows: '99th percentile of each service.',
      matters:
        'A slow service makes all those slow that call it: the slowest at the bottom is the cause.',
      act: 'Follow the calls from the slow service on downwards until one is slow by itself.',
    },
    unit: unit.seconds,
    thresholds: badAbove(serviceThresholds.latencyP99),
    queries: [query(latency(0.99, scope, ['job']), '{{job}}')],
    links: toService(),
  });

export const instances = (scope: QueryScope) =>
  timeSeries({
    title: 'Requests by instance',
    description: {
      shows: 'Requests a second of each instance.',
      matters: 'Instances should share the load evenly; one that gets nothing is not reached.',
      act: 'For one without requests, ask the load balancer for its health; restart it if it is stuck.',
    },
    unit: unit.requestsPerSecond,
    thresholds: neutral,
    queries: [query(requestRate(scope, ['job', 'instance']), '{{job}} {{instance}}')],
  });

export const running = (scope: QueryScope) =>
  timeSeries({
    title: 'Instances by version',
    description: {
      shows: 'Processes that report, by service and version.',
      matters: 'A deployment that stands still shows as two versions that both stay.',
      act: 'Finish it or roll it back: two versions are twice the behaviour to think about.',
    },
    unit: unit.count,
    thresholds: neutral,
    queries: [query(replicas(scope, SERVICE), '{{job}} {{service_version}}')],
    stack: true,
  });
