import { catalogMetric } from '../metrics/catalog-metric.ts';
import type { Metric } from '../metrics/metric.ts';
import type { ResolvedSpec } from '../monitoring-spec.ts';
import { maxBy } from '../query/aggregation.ts';
import { increase, rate, select, sumBy } from '../query/promql.ts';
import type { QueryScope } from '../query/query-scope.ts';
import { SERVICE, TENANT } from '../query/service-labels.ts';
import { majorUnits } from './money.ts';

// Every query is about instruments of the presets. Where no catalog has the instrument it is undefined, and what would
// have shown it is left out. Amounts are in major units and always by currency.

type Catalogs = Pick<ResolvedSpec, 'catalogs'>;
type Query = string | undefined;

/** How a counter is asked. */
export interface Counted {
  /** Labels of the result. Amounts get `currency` beside them. Default none. */
  readonly by?: readonly string[];
  /** The number in the whole window (default), or per second. */
  readonly of?: 'increase' | 'rate';
  readonly matchers?: readonly string[];
  /** How long ago, as `1w`. Default now. */
  readonly offset?: string;
}

const about = (spec: Catalogs, name: string, build: (metric: Metric) => string): Query => {
  const metric = catalogMetric(spec, name);
  return metric === undefined ? undefined : build(metric);
};

/** What any counter of the catalogs counted, by its OpenTelemetry name. */
export function counted(
  spec: Catalogs,
  name: string,
  scope: QueryScope,
  { by = [], of = 'increase', matchers = [], offset = '' }: Counted = {},
): Query {
  const change = of === 'rate' ? rate : increase;
  return about(spec, name, (metric) => sumBy(by, change(metric, scope, matchers, offset)));
}

/** Amounts of any money counter of the catalogs, by currency, in major units. */
export function amount(
  spec: Catalogs,
  name: string,
  scope: QueryScope,
  { by = [], of = 'increase', matchers = [], offset = '' }: Counted = {},
): Query {
  const change = of === 'rate' ? rate : increase;
  return about(spec, name, (metric) =>
    majorUnits((group) =>
      sumBy(['currency', ...by], change(metric, scope, [...matchers, ...group], offset)),
    ),
  );
}

/** Share of `part` in `whole`, 0 to 1: zero, not nothing, while there is a whole and no part. */
const share = (part: Query, whole: Query): Query =>
  part === undefined || whole === undefined
    ? undefined
    : `(${part} or 0 * ${whole}) / (${whole} > 0)`;

/** Orders. By `status` or `currency` if asked. */
export const orders = (spec: Catalogs, scope: QueryScope, how: Counted = {}): Query =>
  counted(spec, 'commerce.orders', scope, how);

/** Orders that were paid. */
export const paidOrders = (spec: Catalogs, scope: QueryScope, how: Counted = {}): Query =>
  orders(spec, scope, { ...how, matchers: ['status="paid"', ...(how.matchers ?? [])] });

/** Amount of paid orders, before refunds. */
export const revenue = (spec: Catalogs, scope: QueryScope, how: Counted = {}): Query =>
  amount(spec, 'commerce.revenue', scope, how);

/** Amount paid back. */
export const refunds = (spec: Catalogs, scope: QueryScope, how: Counted = {}): Query =>
  amount(spec, 'commerce.refunds', scope, how);

/** Average order value by currency. Nothing where nothing was ordered. */
export function averageOrderValue(
  spec: Catalogs,
  scope: QueryScope,
  { by = [] }: Pick<Counted, 'by'> = {},
): Query {
  const amounts = revenue(spec, scope, { by });
  const paid = paidOrders(spec, scope, { by: ['currency', ...by] });
  return amounts === undefined || paid === undefined ? undefined : `(${amounts}) / (${paid} > 0)`;
}

/** Attempts to pay. By `outcome`, `method` or `currency` if asked. */
export const payments = (spec: Catalogs, scope: QueryScope, how: Counted = {}): Query =>
  counted(spec, 'commerce.payments', scope, how);

/** Share of attempts to pay that were declined, 0 to 1. */
export const declineRatio = (
  spec: Catalogs,
  scope: QueryScope,
  by: readonly string[] = [],
): Query =>
  share(
    payments(spec, scope, { by, matchers: ['outcome="declined"'] }),
    payments(spec, scope, { by }),
  );

/** Share of attempts to pay that did not succeed, 0 to 1: declined, or failed at the provider. */
export const unpaidRatio = (spec: Catalogs, scope: QueryScope, by: readonly string[] = []): Query =>
  share(
    payments(spec, scope, { by, matchers: ['outcome!="succeeded"'] }),
    payments(spec, scope, { by }),
  );

/** The steps from a look to a paid order, widest first; those that no catalog counts are left out. */
export function funnel(
  spec: Catalogs,
  scope: QueryScope,
  by: readonly string[] = [],
): readonly { readonly step: string; readonly expr: string }[] {
  const carts = (action: string) =>
    counted(spec, 'commerce.cart.changes', scope, { by, matchers: [`action="${action}"`] });
  const steps: readonly (readonly [string, Query])[] = [
    ['Product views', counted(spec, 'commerce.product.views', scope, { by })],
    ['Items put into carts', carts('item_added')],
    ['Carts ordered', carts('ordered')],
    ['Orders paid', paidOrders(spec, scope, { by })],
  ];
  return steps.flatMap(([step, expr]) => (expr === undefined ? [] : [{ step, expr }]));
}

/** Carts that were neither ordered nor abandoned now: every replica of a service says the same. */
export const cartsOpen = (spec: Catalogs, scope: QueryScope, by: readonly string[] = []): Query =>
  about(spec, 'commerce.carts.open', (metric) =>
    sumBy(by, maxBy([...SERVICE, TENANT], select(metric, scope))),
  );

/** Product pages seen. By `category` if asked. */
export const productViews = (spec: Catalogs, scope: QueryScope, how: Counted = {}): Query =>
  counted(spec, 'commerce.product.views', scope, how);

/** Items on stock by category: every replica of a service says the same. */
export const stock = (spec: Catalogs, scope: QueryScope, by: readonly string[] = []): Query =>
  about(spec, 'commerce.stock', (metric) =>
    sumBy(by, maxBy([...SERVICE, TENANT, 'category'], select(metric, scope))),
  );

/** Attempts to log in. By `outcome` or `method` if asked. */
export const logins = (spec: Catalogs, scope: QueryScope, how: Counted = {}): Query =>
  counted(spec, 'auth.logins', scope, how);

/** Share of attempts to log in that worked, 0 to 1. */
export const loginSuccessRatio = (
  spec: Catalogs,
  scope: QueryScope,
  by: readonly string[] = [],
): Query =>
  share(
    logins(spec, scope, { by, matchers: ['outcome="succeeded"'] }),
    logins(spec, scope, { by }),
  );

/** Accounts created. By `outcome` if asked. */
export const registrations = (spec: Catalogs, scope: QueryScope, how: Counted = {}): Query =>
  counted(spec, 'auth.registrations', scope, how);

/** Sessions open now: every replica of a service says the same. */
export const sessionsActive = (
  spec: Catalogs,
  scope: QueryScope,
  by: readonly string[] = [],
): Query =>
  about(spec, 'auth.sessions.active', (metric) =>
    sumBy(by, maxBy([...SERVICE, TENANT], select(metric, scope))),
  );

/** Reported errors. By `type`, `component` or `severity` if asked. */
export const reportedErrors = (spec: Catalogs, scope: QueryScope, how: Counted = {}): Query =>
  counted(spec, 'errors.reported', scope, how);

/** Notifications to people. By `channel` or `outcome` if asked. */
export const notifications = (spec: Catalogs, scope: QueryScope, how: Counted = {}): Query =>
  counted(spec, 'messaging.notifications', scope, how);
