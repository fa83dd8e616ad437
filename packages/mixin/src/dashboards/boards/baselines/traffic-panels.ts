import { distance, together } from '../../../queries/baseline-queries.ts';
import { serviceRequests } from '../../../rules/baselines.ts';
import { baselineThresholds } from '../../../thresholds/baseline-thresholds.ts';
import { band } from '../../panels/band.ts';
import { query } from '../../panels/panel-query.ts';
import { badOutside } from '../../panels/panel-thresholds.ts';
import { unit } from '../../panels/panel-units.ts';
import { timeSeries } from '../../panels/time-series.ts';
import { SERVICES } from '../recorded-scope.ts';
import { toService } from '../services/comparison-panels.ts';
import { APART, BAND, OF_HOUR } from './words.ts';

export const requests = () =>
  band({
    title: 'Requests of an hour',
    description: {
      shows: `Requests that the chosen services answered, all tenants. ${OF_HOUR} ${BAND}`,
      matters: 'It tells a quiet night from an outage that makes no errors.',
      act: 'Outside of the band, look at the right for the service, and below for the tenant.',
    },
    unit: unit.count,
    line: 'Last hour',
    band: together(serviceRequests, SERVICES),
  });

export const requestsApart = () =>
  timeSeries({
    title: 'Requests against the usual, by service',
    description: {
      shows: `How far the requests of each service are from what is usual at this hour. ${APART}`,
      matters: 'A small service that is hardly called any more does not show in a sum.',
      act: 'Click the one below the line: who calls it, and what was deployed there?',
    },
    unit: unit.count,
    decimals: 1,
    min: undefined,
    thresholds: badOutside(baselineThresholds.distance),
    queries: [query(distance(serviceRequests, SERVICES), '{{job}}')],
    links: toService(),
  });
