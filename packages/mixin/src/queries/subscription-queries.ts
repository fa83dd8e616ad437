import { catalogMetric } from '../metrics/catalog-metric.ts';
import type { ResolvedSpec } from '../monitoring-spec.ts';
import { maxBy } from '../query/aggregation.ts';
import { select, sumBy } from '../query/promql.ts';
import type { QueryScope } from '../query/query-scope.ts';
import { SERVICE, TENANT } from '../query/service-labels.ts';
import { amount, type Counted, counted } from './business-queries.ts';
import { majorUnits } from './money.ts';

type Catalogs = Pick<ResolvedSpec, 'catalogs'>;
type Query = string | undefined;

/**
 * Monthly recurring revenue by currency, in major units, of all tenants or `by` more labels. Every replica of a service reports the
 * same value: the highest is taken for each service and tenant before they are added up. `offset` is how long ago.
 */
export function mrr(
  spec: Catalogs,
  scope: QueryScope,
  { by = [], offset = '' }: Pick<Counted, 'by' | 'offset'> = {},
): Query {
  const metric = catalogMetric(spec, 'saas.mrr');
  if (metric === undefined) return undefined;
  const each = [...new Set([...SERVICE, ...by, TENANT, 'currency'])];
  const ago = offset === '' ? '' : ` offset ${offset}`;
  return majorUnits((group) =>
    sumBy(['currency', ...by], maxBy(each, `${select(metric, scope, group)}${ago}`)),
  );
}

/** Monthly recurring revenue of each tenant, by currency. */
export const mrrByTenant = (spec: Catalogs, scope: QueryScope): Query =>
  mrr(spec, scope, { by: [TENANT] });

/** Monthly recurring revenue lost by cancellations, by currency. */
export const churnedMrr = (spec: Catalogs, scope: QueryScope, how: Counted = {}): Query =>
  amount(spec, 'saas.churned_mrr', scope, how);

/** Share of the monthly recurring revenue at the start of the window that was lost in it, by currency, 0 to 1. */
export function churnRatio(
  spec: Catalogs,
  scope: QueryScope,
  { by = [], offset }: { readonly by?: readonly string[]; readonly offset?: string } = {},
): Query {
  const lost = churnedMrr(spec, scope, { by });
  const before = mrr(spec, scope, { by, offset: offset ?? scope.window });
  return lost === undefined || before === undefined ? undefined : `(${lost}) / ((${before}) > 0)`;
}

/** Subscriptions that run now, by plan: every replica of a service says the same. */
export function planMix(
  spec: Catalogs,
  scope: QueryScope,
  by: readonly string[] = ['plan'],
): Query {
  const metric = catalogMetric(spec, 'saas.subscriptions');
  if (metric === undefined) return undefined;
  return sumBy(by, maxBy([...SERVICE, TENANT, 'plan'], select(metric, scope)));
}

/** Subscriptions started, upgraded, downgraded, renewed, cancelled or expired. By `change` or `plan` if asked. */
export const subscriptionChanges = (spec: Catalogs, scope: QueryScope, how: Counted = {}): Query =>
  counted(spec, 'saas.subscription.changes', scope, how);

/** Users who registered. By `plan` if asked. */
export const signUps = (spec: Catalogs, scope: QueryScope, how: Counted = {}): Query =>
  counted(spec, 'saas.sign_ups', scope, how);

/** New customers. */
export const newTenants = (spec: Catalogs, scope: QueryScope, how: Counted = {}): Query =>
  counted(spec, 'saas.tenants.created', scope, how);

/** Uses of features. Default by `feature`. */
export const featureUses = (spec: Catalogs, scope: QueryScope, how: Counted = {}): Query =>
  counted(spec, 'saas.feature.uses', scope, { by: ['feature'], ...how });

/** Number of tenants that used each feature in the window. */
export function featureAdoption(spec: Catalogs, scope: QueryScope): Query {
  const uses = counted(spec, 'saas.feature.uses', scope, { by: ['feature', TENANT] });
  return uses === undefined ? undefined : `count by (feature) (${uses} > 0)`;
}

/** Calls of the public API. Default by `operation`. */
export const apiUses = (spec: Catalogs, scope: QueryScope, how: Counted = {}): Query =>
  counted(spec, 'saas.api.uses', scope, { by: ['operation'], ...how });
