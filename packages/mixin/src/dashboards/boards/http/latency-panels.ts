import { latency, latencyBuckets } from '../../../queries/http-queries.ts';
import type { QueryScope } from '../../../query/query-scope.ts';
import { serviceThresholds } from '../../../thresholds/service-thresholds.ts';
import { heatmap } from '../../panels/heatmap.ts';
import { query } from '../../panels/panel-query.ts';
import { badAbove, neutral } from '../../panels/panel-thresholds.ts';
import { unit } from '../../panels/panel-units.ts';
import { timeSeries } from '../../panels/time-series.ts';

export const spread = (route: QueryScope) =>
  heatmap({
    title: 'How long answers took',
    description: {
      shows: 'Answers by the time they took, over time: the darker a cell, the more answers.',
      matters:
        'Two bands are two kinds of requests, as cache hits and misses; a percentile hides that.',
      act: 'Look for a band that appears or moves up, and for what changed at that time.',
    },
    unit: unit.seconds,
    thresholds: neutral,
    queries: [query(latencyBuckets(route), route.histograms === 'native' ? '' : '{{le}}')],
  });

export const byRoute = (route: QueryScope) =>
  timeSeries({
    title: 'Time to answer by route',
    description: {
      shows: '95th percentile of each chosen route.',
      matters: 'Routes that slow down together share a cause; one alone has its own.',
      act: 'For one alone, read its traces; for all, look at the event loop and the database.',
    },
    unit: unit.seconds,
    thresholds: badAbove(serviceThresholds.latencyP99),
    queries: [query(`topk(15, ${latency(0.95, route, ['http_route'])})`, '{{http_route}}')],
  });
