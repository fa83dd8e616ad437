/** One thing that both the books and the metrics know. */
export interface Measure {
  readonly name: string;
  /** In PostgreSQL: columns `tenant`, one a label, and `value`. $1 is the time since when. */
  readonly sql: string;
  /** The meter of ../meters.ts that must say the same. */
  readonly meter: string;
  readonly kind: 'counter' | 'gauge';
  /** Its attributes that are compared; over the others it is summed. */
  readonly by: readonly string[];
  /** Only these values of an attribute are in the books. */
  readonly only?: Readonly<Record<string, readonly string[]>>;
}

/** An order that was refunded or cancelled was paid before: it counts once as each. */
const ordersSql = `
  SELECT tenant_id AS tenant, 'paid' AS status, currency, count(*) AS value FROM orders
    WHERE status <> 'declined' AND created_at >= $1 GROUP BY 1, 3
  UNION ALL
  SELECT tenant_id, 'declined', currency, count(*) FROM orders
    WHERE status = 'declined' AND created_at >= $1 GROUP BY 1, 3
  UNION ALL
  SELECT tenant_id, 'refunded', currency, count(*) FROM orders
    WHERE refunded_at >= $1 GROUP BY 1, 3
  UNION ALL
  SELECT tenant_id, 'cancelled', currency, count(*) FROM orders
    WHERE cancelled_at >= $1 GROUP BY 1, 3`;

const paymentsSql = `
  SELECT tenant_id AS tenant, CASE status WHEN 'declined' THEN 'declined' ELSE 'succeeded' END AS outcome, currency,
    payment_method AS method, count(*) AS value
  FROM orders WHERE created_at >= $1 GROUP BY 1, 2, 3, 4`;

const cartsSql = `
  SELECT tenant_id AS tenant, 'created' AS action, count(*) AS value FROM carts WHERE created_at >= $1 GROUP BY 1
  UNION ALL
  SELECT tenant_id, 'ordered', count(*) FROM carts WHERE ordered_at >= $1 GROUP BY 1
  UNION ALL
  SELECT tenant_id, 'abandoned', count(*) FROM carts WHERE abandoned_at >= $1 GROUP BY 1`;

export const measures: readonly Measure[] = [
  {
    name: 'orders',
    sql: ordersSql,
    meter: 'commerce.orders',
    kind: 'counter',
    by: ['status', 'currency'],
  },
  {
    name: 'revenue',
    sql: `SELECT tenant_id AS tenant, currency, sum(total_minor) AS value FROM orders
      WHERE status <> 'declined' AND created_at >= $1 GROUP BY 1, 2`,
    meter: 'commerce.revenue',
    kind: 'counter',
    by: ['currency'],
  },
  {
    name: 'refunds',
    sql: `SELECT tenant_id AS tenant, currency, sum(total_minor) AS value FROM orders
      WHERE coalesce(refunded_at, cancelled_at) >= $1 GROUP BY 1, 2`,
    meter: 'commerce.refunds',
    kind: 'counter',
    by: ['currency'],
  },
  {
    name: 'payments',
    sql: paymentsSql,
    meter: 'commerce.payments',
    kind: 'counter',
    by: ['outcome', 'currency', 'method'],
    only: { outcome: ['succeeded', 'declined'] },
  },
  {
    name: 'carts',
    sql: cartsSql,
    meter: 'commerce.cart.changes',
    kind: 'counter',
    by: ['action'],
    only: { action: ['created', 'ordered', 'abandoned'] },
  },
  {
    name: 'registrations',
    sql: `SELECT tenant_id AS tenant, count(*) AS value FROM customers
      WHERE origin = 'registration' AND created_at >= $1 GROUP BY 1`,
    meter: 'auth.registrations',
    kind: 'counter',
    by: [],
    only: { outcome: ['succeeded'] },
  },
  {
    name: 'sign-ups',
    sql: `SELECT tenant_id AS tenant, sign_up_plan AS plan, count(*) AS value FROM customers
      WHERE origin = 'registration' AND created_at >= $1 GROUP BY 1, 2`,
    meter: 'saas.sign_ups',
    kind: 'counter',
    by: ['plan'],
  },
  {
    name: 'logins',
    sql: `SELECT tenant_id AS tenant, outcome, count(*) AS value FROM login_attempts
      WHERE created_at >= $1 GROUP BY 1, 2`,
    meter: 'auth.logins',
    kind: 'counter',
    by: ['outcome'],
  },
  {
    name: 'subscription changes',
    sql: `SELECT tenant_id AS tenant, kind AS change, plan, count(*) AS value FROM subscription_events
      WHERE created_at >= $1 GROUP BY 1, 2, 3`,
    meter: 'saas.subscription.changes',
    kind: 'counter',
    by: ['change', 'plan'],
  },
  {
    name: 'churned MRR',
    sql: `SELECT tenant_id AS tenant, currency, sum(monthly_minor) AS value FROM subscriptions
      WHERE cancelled_at >= $1 GROUP BY 1, 2`,
    meter: 'saas.churned_mrr',
    kind: 'counter',
    by: ['currency'],
  },
  {
    // What runs now, whenever it began: $1 has no say.
    name: 'MRR',
    sql: `SELECT tenant_id AS tenant, currency, sum(monthly_minor) AS value FROM subscriptions
      WHERE status = 'active' AND $1::timestamptz IS NOT NULL GROUP BY 1, 2`,
    meter: 'saas.mrr',
    kind: 'gauge',
    by: ['currency'],
  },
  {
    name: 'subscriptions',
    sql: `SELECT tenant_id AS tenant, plan, count(*) AS value FROM subscriptions
      WHERE status = 'active' AND $1::timestamptz IS NOT NULL GROUP BY 1, 2`,
    meter: 'saas.subscriptions',
    kind: 'gauge',
    by: ['plan'],
  },
  {
    name: 'stock',
    sql: `SELECT tenant_id AS tenant, category, sum(stock) AS value FROM products
      WHERE $1::timestamptz IS NOT NULL GROUP BY 1, 2`,
    meter: 'commerce.stock',
    kind: 'gauge',
    by: ['category'],
  },
];
