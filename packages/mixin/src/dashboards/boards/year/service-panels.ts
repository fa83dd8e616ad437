import {
  errorRatioOfDay,
  meanTimeOfDay,
  requestsOfDay,
  worstHourOfDay,
} from '../../../queries/hourly-queries.ts';
import { serviceThresholds } from '../../../thresholds/service-thresholds.ts';
import { query } from '../../panels/panel-query.ts';
import { badAbove, neutral } from '../../panels/panel-thresholds.ts';
import { unit } from '../../panels/panel-units.ts';
import { timeSeries } from '../../panels/time-series.ts';
import { SERVICES, TENANTS } from '../recorded-scope.ts';
import { OF_DAY } from './year-scope.ts';

const BY = ['service_name'];
const LEGEND = '{{service_name}}';

export const requests = () =>
  timeSeries({
    title: 'Requests a day',
    description: {
      shows: `Requests that each service answered. ${OF_DAY}`,
      matters: 'It is growth, seasons and the days that were lost, without the noise of minutes.',
      act: 'Plan capacity by the highest weeks. What fell and did not come back is worth a question.',
    },
    unit: unit.count,
    thresholds: neutral,
    queries: [query(requestsOfDay(TENANTS, BY), LEGEND)],
    stack: true,
  });

export const errors = () =>
  timeSeries({
    title: 'Requests a day that failed',
    description: {
      shows: `Share of requests that a service answered with an error of its own (5xx). ${OF_DAY}`,
      matters: 'It shows whether the product becomes more reliable, release after release.',
      act: 'Lay the highest days beside the deployment marks and what was written about the incident.',
    },
    unit: unit.ratio,
    thresholds: badAbove(serviceThresholds.errorRatio),
    queries: [query(errorRatioOfDay(TENANTS, BY), LEGEND)],
  });

export const meanTime = () =>
  timeSeries({
    title: 'Mean time to answer',
    description: {
      shows: `Seconds that a request took on average. ${OF_DAY}`,
      matters: 'It creeps: nobody notices a per cent a week, and everybody a half a year.',
      act: 'When it rises for months, compare routes on API performance at both ends.',
    },
    unit: unit.seconds,
    thresholds: neutral,
    queries: [query(meanTimeOfDay(TENANTS, BY), LEGEND)],
  });

export const worstHour = () =>
  timeSeries({
    title: 'Slowest hour, p99',
    description: {
      shows: `The time within which 99 % of requests were answered, in the slowest hour, all tenants. ${OF_DAY}`,
      matters: 'Averages of a day hide the hour in which people went away.',
      act: 'Find the hour in the ordinary dashboards while its details are still kept.',
    },
    unit: unit.seconds,
    thresholds: badAbove(serviceThresholds.latencyP99),
    queries: [query(worstHourOfDay(SERVICES, BY), LEGEND)],
  });
