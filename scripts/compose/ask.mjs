/** Paid orders by tenant as PostgreSQL has them. */
export async function ordersInPostgres(compose) {
  const query =
    "select tenant_id || '=' || count(*) from orders where status <> 'declined' group by tenant_id order by tenant_id";
  const text = await compose(
    ...['exec', '-T', 'postgres', 'sh', '-c'],
    `PGPASSWORD="$(cat /run/secrets/postgres-password)" psql -h 127.0.0.1 -U bellwether -d bellwether -Atc "${query}"`,
  );
  return Object.fromEntries(
    text
      .split('\n')
      .filter(Boolean)
      .map((line) => line.split('='))
      .map(([tenant, count]) => [tenant, Number(count)]),
  );
}

/** The samples of an instant query, asked from within, since Prometheus publishes no port. `at` in seconds; now, where it is left out. */
export async function askPrometheus(compose, query, at) {
  const asked = new URLSearchParams({ query, ...(at !== undefined && { time: String(at) }) });
  const text = await compose(
    ...['exec', '-T', 'prometheus', 'wget', '-q', '-O', '-'],
    `http://127.0.0.1:9090/api/v1/query?${asked}`,
  );
  return JSON.parse(text).data.result;
}

/** Paid orders by tenant as Prometheus has them: of every process that there was, its last word. */
export async function ordersInPrometheus(compose) {
  const samples = await askPrometheus(
    compose,
    'sum by (tenant_id) (last_over_time(commerce_orders_total{status="paid"}[1d]))',
  );
  return Object.fromEntries(
    samples
      .map(({ metric, value }) => [metric.tenant_id, Number(value[1])])
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/** Ids of traces that Prometheus has as exemplars of the last hour. */
export async function exemplarTraces(compose) {
  const now = Math.floor(Date.now() / 1000);
  const query = new URLSearchParams({
    query: 'traces_span_metrics_duration_seconds_bucket',
    start: String(now - 3_600),
    end: String(now),
  });
  const text = await compose(
    ...['exec', '-T', 'prometheus', 'wget', '-q', '-O', '-'],
    `http://127.0.0.1:9090/api/v1/query_exemplars?${query}`,
  );
  return JSON.parse(text).data.flatMap(({ exemplars }) =>
    exemplars.map(({ labels }) => labels.trace_id),
  );
}
