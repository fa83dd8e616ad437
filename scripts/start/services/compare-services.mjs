import pg from 'pg';
import { compareEntries } from '../../../examples/shop/dist/ledger/index.js';
import { poll } from '../poll.mjs';

/** What one service says in Prometheus: the name of a metric, and the labels by which it is compared. */
const metrics = [
  ['gateway', 'requests', 'http_server_request_duration_seconds_count', []],
  ['gateway', 'requests limited', 'gateway_requests_limited_total', []],
  ['auth', 'logins', 'auth_attempts_total', ['outcome'], 'action="login"'],
  ['auth', 'registrations', 'auth_attempts_total', [], 'action="registration",outcome="succeeded"'],
  ['auth', 'tokens issued', 'auth_tokens_issued_total', []],
  ['users', 'profiles made', 'users_created_total', []],
  ['chat', 'sockets opened', 'messaging_sockets_opened_total', []],
  ['chat', 'sockets open', 'messaging_sockets_open', []],
  ['chat', 'messages', 'messaging_messages_total', ['direction'], 'outcome="succeeded"'],
  ['worker', 'jobs', 'messaging_jobs_total', [], 'outcome="succeeded"'],
  ['notifications', 'confirmations', 'notifications_confirmations_total', [], 'outcome="sent"'],
  ['batch', 'orders', 'batch_orders_total', []],
];

/** In PostgreSQL, which only the storefront writes to: what the others must have done. $1 is the time since when. */
const books = [
  [
    'auth',
    'logins',
    `SELECT tenant_id AS tenant, CASE outcome WHEN 'succeeded' THEN 'succeeded' ELSE 'refused' END AS outcome, count(*) AS value
       FROM login_attempts WHERE created_at >= $1 GROUP BY 1, 2`,
  ],
  [
    'auth',
    'registrations',
    `SELECT tenant_id AS tenant, count(*) AS value FROM customers
       WHERE origin = 'registration' AND created_at >= $1 GROUP BY 1`,
  ],
  [
    'auth',
    'tokens issued',
    `SELECT tenant_id AS tenant, count(*) AS value FROM login_attempts
       WHERE outcome = 'succeeded' AND created_at >= $1 GROUP BY 1`,
  ],
  ...[
    ['worker', 'jobs'],
    ['notifications', 'confirmations'],
  ].map(([service, measure]) => [
    service,
    measure,
    `SELECT tenant_id AS tenant, count(*) AS value FROM orders
       WHERE status <> 'declined' AND created_at >= $1 GROUP BY 1`,
  ]),
  [
    'batch',
    'orders',
    'SELECT tenant_id AS tenant, count(*) AS value FROM orders WHERE created_at >= $1 GROUP BY 1',
  ],
];

/**
 * What Prometheus says of each service but the storefront, beside who else knows: the clients (`clients`: entries with a service), the
 * storefront's PostgreSQL, and the users' database (`countUsers`). Asks again for so many seconds while something differs.
 */
export async function compareServices({
  prometheus,
  postgres,
  since,
  clients,
  countUsers,
  seconds,
  signal,
}) {
  let rows = [];
  await poll(seconds, signal, async () => {
    const ledger = [...clients, ...(await readBooks(postgres, since)), ...(await countUsers())];
    const told = await readMetrics(prometheus, since);
    rows = compareByService(ledger, told);
    return rows.every(({ equal }) => equal);
  });
  return rows;
}

function compareByService(ledger, told) {
  const services = [...new Set([...ledger, ...told].map(({ service }) => service))];
  const of = (entries, wanted) =>
    entries.filter(({ service, value }) => service === wanted && value !== 0);
  return services.flatMap((service) =>
    compareEntries(of(ledger, service), of(told, service)).map((row) => ({ service, ...row })),
  );
}

async function readBooks(postgres, since) {
  const client = new pg.Client({ connectionString: postgres });
  await client.connect();
  try {
    const entries = [];
    for (const [service, measure, sql] of books) {
      const { rows } = await client.query(sql, [since]);
      for (const { tenant, value, ...labels } of rows)
        entries.push({ service, measure, tenant, labels, value: Number(value) });
    }
    return entries;
  } finally {
    await client.end();
  }
}

async function readMetrics(prometheus, since) {
  const window = `${Math.ceil((Date.now() - since.getTime()) / 1_000)}s`;
  const read = await Promise.all(
    metrics.map(async ([service, measure, name, by, matcher]) => {
      const matchers = [`service_name="${service}"`, 'tenant_id!=""', matcher].filter(Boolean);
      const labels = ['tenant_id', ...by].join(', ');
      const selected = `last_over_time(${name}{${matchers.join(',')}}[${window}])`;
      const found = await ask(prometheus, `sum by (${labels}) (${selected})`);
      return found.map(({ metric: { tenant_id: tenant, ...rest }, value }) => ({
        ...{ service, measure, tenant, labels: rest },
        value: Number(value[1]),
      }));
    }),
  );
  return read.flat();
}

async function ask(prometheus, query) {
  const response = await fetch(new URL('/api/v1/query', prometheus), {
    method: 'POST',
    body: new URLSearchParams({ query }),
    signal: AbortSignal.timeout(10_000),
  });
  if (!response.ok)
    throw new Error(`Expected Prometheus to answer ${query}, got ${response.status}`);
  return (await response.json()).data.result;
}

/** For the live table: a row a service, a column a tenant. */
export async function requestsNow(prometheus, since) {
  const window = `${Math.ceil((Date.now() - since.getTime()) / 1_000)}s`;
  const found = await ask(
    prometheus,
    `sum by (service_name, tenant_id) (last_over_time(http_server_request_duration_seconds_count{tenant_id!=""}[${window}]))`,
  );
  const services = [...new Set(found.map(({ metric }) => metric.service_name))].sort();
  const tenants = [...new Set(found.map(({ metric }) => metric.tenant_id))].sort();
  const of = (service, tenant) =>
    found.find(({ metric }) => metric.service_name === service && metric.tenant_id === tenant);
  return services.map((service) => ({
    service,
    ...Object.fromEntries(
      tenants.map((tenant) => [tenant, Number(of(service, tenant)?.value[1] ?? 0)]),
    ),
  }));
}
