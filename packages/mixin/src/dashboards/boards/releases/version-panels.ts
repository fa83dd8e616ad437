import {
  versionErrorRatio,
  versionLatency,
  versionRate,
} from '../../../queries/release-queries.ts';
import { replicas } from '../../../queries/runtime-queries.ts';
import type { QueryScope } from '../../../query/query-scope.ts';
import { releaseThresholds } from '../../../thresholds/release-thresholds.ts';
import { query } from '../../panels/panel-query.ts';
import { badAbove, neutral } from '../../panels/panel-thresholds.ts';
import { unit } from '../../panels/panel-units.ts';
import { timeSeries } from '../../panels/time-series.ts';
import { ofServices, SERVICES } from '../recorded-scope.ts';

const LEGEND = '{{job}} {{service_version}}';

export const share = () =>
  timeSeries({
    title: 'Requests by version',
    description: {
      shows: 'Requests a second that each version of each service answered.',
      matters: 'It shows how far a rollout is, and when the old version got its last request.',
      act: 'A rollout that stands still is finished or rolled back: two versions are twice the behaviour.',
    },
    unit: unit.requestsPerSecond,
    thresholds: neutral,
    stack: true,
    queries: [query(versionRate(SERVICES), LEGEND)],
  });

export const replicasOf = (scope: QueryScope) =>
  timeSeries({
    title: 'Replicas by version',
    description: {
      shows: 'Processes that report, by service and version.',
      matters: 'Requests that fall while replicas stay are a version that is not reached.',
      act: 'Compare with requests: a replica without any is not in the load balancer.',
    },
    unit: unit.count,
    thresholds: neutral,
    stack: true,
    queries: [query(replicas(ofServices(scope), ['job', 'service_version']), LEGEND)],
  });

export const fails = () =>
  timeSeries({
    title: 'Requests that failed, by version',
    description: {
      shows: 'Share of the requests to each version that were answered with 5xx.',
      matters: 'The same requests in the same minute: a difference is the version.',
      act: 'When the new one is the higher one, roll back first and look afterwards.',
    },
    unit: unit.ratio,
    thresholds: badAbove(releaseThresholds.errorRatio),
    queries: [query(versionErrorRatio(SERVICES), LEGEND)],
  });

export const takes = () =>
  timeSeries({
    title: 'Time to answer, by version',
    description: {
      shows: 'Seconds within which each version answered 95 % of its requests.',
      matters: 'A new version that is slower is paid for by every user, all day.',
      act: 'Give it ten minutes to warm up. Then compare routes on API performance.',
    },
    unit: unit.seconds,
    thresholds: badAbove(releaseThresholds.latencyP95),
    queries: [query(versionLatency(SERVICES), LEGEND)],
  });
