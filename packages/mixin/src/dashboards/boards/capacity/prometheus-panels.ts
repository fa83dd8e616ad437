import { prometheusServer } from '../../../metrics/prometheus-server.ts';
import {
  blocksForecast,
  headSeries,
  headSeriesForecast,
  headSeriesGrowth,
} from '../../../queries/capacity-queries.ts';
import { select } from '../../../query/promql.ts';
import type { QueryScope } from '../../../query/query-scope.ts';
import { capacityThresholds } from '../../../thresholds/capacity-thresholds.ts';
import { query } from '../../panels/panel-query.ts';
import { badAbove, neutral } from '../../panels/panel-thresholds.ts';
import { unit } from '../../panels/panel-units.ts';
import { timeSeries } from '../../panels/time-series.ts';
import { DAY, WEEK } from './ahead.ts';

/** Blocks make a saw of two hours: a line needs more of the past than six. */
const ofDay = (scope: QueryScope): QueryScope => ({ ...scope, window: '1d' });
const OF_DAY =
  'A line through the last day; in the first day of a Prometheus it shows how it fills up.';

export const growth = (scope: QueryScope) =>
  timeSeries({
    title: 'Growth of series within a week',
    description: {
      shows: `How many times as many series Prometheus will have in a week. ${OF_DAY}`,
      matters: 'A label that takes any value shows here first, and then in memory.',
      act: 'Find the metric: topk(10, count by (__name__) ({__name__=~".+"})).',
    },
    unit: unit.count,
    decimals: 1,
    thresholds: badAbove(capacityThresholds.seriesGrowth),
    width: 8,
    queries: [query(headSeriesGrowth(WEEK, ofDay(scope)), '{{instance}}')],
  });

export const series = (scope: QueryScope) =>
  timeSeries({
    title: 'Series of Prometheus, forecast',
    description: {
      shows: `Series in memory, now, in a day and in a week. ${OF_DAY}`,
      matters: 'Memory grows with them; a Prometheus that runs out of it tells nobody of anything.',
      act: 'The guide about sizing says how much memory so many series need.',
    },
    unit: unit.count,
    thresholds: neutral,
    width: 8,
    queries: [
      query(headSeries(scope), 'now, {{instance}}'),
      query(`clamp_min(${headSeriesForecast(DAY, ofDay(scope))}, 0)`, 'in a day, {{instance}}'),
      query(`clamp_min(${headSeriesForecast(WEEK, ofDay(scope))}, 0)`, 'in a week, {{instance}}'),
    ],
  });

export const blocks = (scope: QueryScope) =>
  timeSeries({
    title: 'Blocks of Prometheus, forecast',
    description: {
      shows: `Bytes of stored blocks, now and in a week. ${OF_DAY} Retention by size ends it at its limit.`,
      matters:
        'At the limit the oldest days go, and with them what baselines compare with: they need four weeks.',
      act: 'Fewer series, a larger limit, or a shorter retention that you chose yourself.',
    },
    unit: unit.bytes,
    thresholds: neutral,
    width: 8,
    queries: [
      query(select(prometheusServer.blocksBytes, scope), 'now, {{instance}}'),
      query(`clamp_min(${blocksForecast(WEEK, ofDay(scope))}, 0)`, 'in a week, {{instance}}'),
    ],
  });
