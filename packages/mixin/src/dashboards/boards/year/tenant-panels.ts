import { errorRatioOfDay, requestsOfDay } from '../../../queries/hourly-queries.ts';
import { serviceThresholds } from '../../../thresholds/service-thresholds.ts';
import { dataLink, seriesLabel } from '../../frame/links.ts';
import { query } from '../../panels/panel-query.ts';
import { badAbove, neutral } from '../../panels/panel-thresholds.ts';
import { unit } from '../../panels/panel-units.ts';
import { timeSeries } from '../../panels/time-series.ts';
import { uids } from '../../uids.ts';
import { TENANTS } from '../recorded-scope.ts';
import { OF_DAY } from './year-scope.ts';

const BY = ['tenant_id'];
const LEGEND = '{{tenant_id}}';
const links = [
  dataLink('This tenant', uids.tenant, {
    keep: ['datasource', 'environment', 'job'],
    set: { tenant: seriesLabel('tenant_id') },
  }),
];

export const tenantRequests = () =>
  timeSeries({
    title: 'Requests a day of the ten largest tenants',
    description: {
      shows: `Requests of each tenant. ${OF_DAY}`,
      matters: 'Who uses the product less every month has begun to leave.',
      act: 'Talk to those whose line falls. For those who double, plan with them.',
    },
    unit: unit.count,
    thresholds: neutral,
    queries: [query(`topk(10, ${requestsOfDay(TENANTS, BY)})`, LEGEND)],
    links,
  });

export const tenantErrors = () =>
  timeSeries({
    title: 'Tenants with the most failed requests',
    description: {
      shows: `The ten tenants with the highest share of requests that we failed (5xx). ${OF_DAY}`,
      matters: 'The same tenant on top for weeks has a fault that nobody else has.',
      act: 'Look at what is special about it: its size, its data, its plan.',
    },
    unit: unit.ratio,
    thresholds: badAbove(serviceThresholds.tenantErrorRatio),
    queries: [query(`topk(10, ${errorRatioOfDay(TENANTS, BY)})`, LEGEND)],
    links,
  });
