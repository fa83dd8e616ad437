import type { ResolvedSpec } from '../../../monitoring-spec.ts';
import { distance, together } from '../../../queries/baseline-queries.ts';
import { tenantOrders, tenantRequests } from '../../../rules/baselines.ts';
import { baselineThresholds } from '../../../thresholds/baseline-thresholds.ts';
import { dataLink, seriesLabel } from '../../frame/links.ts';
import { band } from '../../panels/band.ts';
import { query } from '../../panels/panel-query.ts';
import { badOutside } from '../../panels/panel-thresholds.ts';
import { unit } from '../../panels/panel-units.ts';
import { timeSeries } from '../../panels/time-series.ts';
import { uids } from '../../uids.ts';
import { TENANTS } from '../recorded-scope.ts';
import { APART, BAND, OF_HOUR } from './words.ts';

const thresholds = badOutside(baselineThresholds.distance);
const links = [
  dataLink('This tenant', uids.tenant, {
    keep: ['datasource', 'environment', 'job'],
    set: { tenant: seriesLabel('tenant_id') },
  }),
];

export const tenantBand = () =>
  band({
    title: 'Requests of the chosen tenants',
    description: {
      shows: `Requests of the chosen tenants in an hour, those that are large enough to have a band: at least ${baselineThresholds.comparableTenantRequests} are usual. ${OF_HOUR} ${BAND}`,
      matters: 'A customer that uses the product less has begun to leave, or cannot get in.',
      act: 'Choose one tenant above. Below the band, look at its failed requests on Tenants.',
    },
    unit: unit.count,
    line: 'Last hour',
    band: together(tenantRequests, TENANTS),
    width: 24,
  });

export const tenantsApart = () =>
  timeSeries({
    title: 'Tenants furthest below their usual requests',
    description: {
      shows: `The ten tenants whose requests are furthest below what is usual for them at this hour. ${APART}`,
      matters: 'One customer of two hundred that is cut off is not seen in any sum.',
      act: 'Click it, and see whether it tries and fails, or does not try.',
    },
    unit: unit.count,
    decimals: 1,
    min: undefined,
    thresholds,
    queries: [query(`bottomk(10, ${distance(tenantRequests, TENANTS)})`, '{{tenant_id}}')],
    links,
  });

export function tenantOrdersApart(spec: ResolvedSpec) {
  const baseline = tenantOrders(spec);
  return (
    baseline &&
    timeSeries({
      title: 'Tenants furthest below their usual orders',
      description: {
        shows: `The ten tenants whose paid orders are furthest below what is usual for them at this hour; at least ${baselineThresholds.comparableOrders} are usual. ${APART}`,
        matters: 'Each is a business of its own, and loses money while this lasts.',
        act: 'Click it, and compare its views with its orders: do people not come, or not pay?',
      },
      unit: unit.count,
      decimals: 1,
      min: undefined,
      thresholds,
      queries: [query(`bottomk(10, ${distance(baseline, TENANTS)})`, '{{tenant_id}}')],
      links,
    })
  );
}
