import type { ResolvedSpec } from '../monitoring-spec.ts';
import { hourlyRecordOf } from '../queries/hourly-queries.ts';
import { SERVICE, TENANT } from '../query/service-labels.ts';
import { baselineThresholds } from '../thresholds/baseline-thresholds.ts';
import { hourlyHttp } from './hourly-records.ts';

/** Something that is compared with what it was in the same hour of the weeks before. */
export interface Baseline {
  /** The hourly record that it is about, and which of its series. */
  readonly record: string;
  readonly matchers: readonly string[];
  /** For whom there is a baseline each. */
  readonly by: readonly string[];
  /** The names of what is recorded: what is usual, and how far it usually is from that. */
  readonly median: string;
  readonly spread: string;
  /** No baseline below this median, so that small tenants cost nothing. Default: there always is one. */
  readonly least?: number;
  /** How many things were counted: what comes by chance varies by the root of it. Default: the median itself. */
  readonly events?: Baseline;
}

type Catalogs = Pick<ResolvedSpec, 'catalogs'>;

const named = (subject: string) => ({
  median: `${subject}:increase1h_median4w`,
  spread: `${subject}:increase1h_spread4w`,
});

export const serviceRequests: Baseline = {
  record: hourlyHttp.requests,
  matchers: [],
  by: SERVICE,
  ...named('job:http_server_requests'),
};

export const tenantRequests: Baseline = {
  record: hourlyHttp.requests,
  matchers: [`${TENANT}!=""`],
  by: [...SERVICE, TENANT],
  ...named('job_tenant:http_server_requests'),
  least: baselineThresholds.comparableTenantRequests,
};

/** Paid orders, currencies added up. */
export const serviceOrders = (spec: Catalogs): Baseline | undefined =>
  paidOrders(spec, SERVICE, 'job');

export const currencyOrders = (spec: Catalogs): Baseline | undefined =>
  paidOrders(spec, [...SERVICE, 'currency'], 'job_currency');

export const tenantOrders = (spec: Catalogs): Baseline | undefined => {
  const all = paidOrders(spec, [...SERVICE, TENANT], 'job_tenant');
  return (
    all && {
      ...all,
      matchers: [...all.matchers, `${TENANT}!=""`],
      least: baselineThresholds.comparableOrders,
    }
  );
};

/** Amounts of paid orders in minor units. */
export const currencyRevenue = (spec: Catalogs): Baseline | undefined => {
  const record = hourlyRecordOf(spec, 'commerce.revenue');
  const events = currencyOrders(spec);
  return record === undefined || events === undefined
    ? undefined
    : {
        record,
        matchers: [],
        by: [...SERVICE, 'currency'],
        ...named('job_currency:commerce_revenue'),
        events,
      };
};

/** All that a spec has; one that another one needs comes before it. */
export const baselinesOf = (spec: Catalogs): readonly Baseline[] =>
  [
    serviceRequests,
    tenantRequests,
    serviceOrders(spec),
    tenantOrders(spec),
    currencyOrders(spec),
    currencyRevenue(spec),
  ].filter((baseline) => baseline !== undefined);

function paidOrders(spec: Catalogs, by: readonly string[], level: string): Baseline | undefined {
  const record = hourlyRecordOf(spec, 'commerce.orders');
  return record === undefined
    ? undefined
    : { record, matchers: ['status="paid"'], by, ...named(`${level}:commerce_orders_paid`) };
}
