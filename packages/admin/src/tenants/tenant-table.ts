import { askInstant, type Instant } from '../ask/instant.ts';
import type { PrometheusClient } from '../ask/prometheus-client.ts';
import type { Settings } from '../monitoring-options.ts';

/** The columns, and the queries that fill them. */
export const COLUMNS = {
  health: 'tenants-health',
  requestsPerSecond: 'tenants-request-rate',
  errorRatio: 'tenants-error-ratio',
  p95Seconds: 'tenants-latency-p95',
  ordersPerHour: 'tenants-orders-per-hour',
} as const;

export type Column = keyof typeof COLUMNS;

/** One tenant. Null is what nothing is known of. */
export type TenantRow = { readonly tenant: string } & Readonly<Record<Column, number | null>>;

export interface TenantTable {
  readonly rows: readonly TenantRow[];
  /** Whether there are more tenants than are kept. */
  readonly truncated: boolean;
  readonly warnings: readonly string[];
}

/** All tenants with requests at that moment, or a day before; health from 0 to 100. */
export async function askTenants(
  environment: string | undefined,
  instant: Instant,
  settings: Settings,
  prometheus: PrometheusClient,
): Promise<TenantTable> {
  const scope = { tenant: undefined, ...(environment !== undefined && { environment }) };
  const found = new Map<string, Record<Column, number | null>>();
  let truncated = false;
  const warnings = new Set<string>();
  await Promise.all(
    (Object.keys(COLUMNS) as Column[]).map(async (column) => {
      const name = COLUMNS[column];
      const query = settings.catalog.queries.get(name);
      if (query?.all === undefined) return;
      const answer = await askInstant(
        { name, query, template: query.all, scope },
        instant,
        settings,
        prometheus,
        settings.limits.maxTenants,
      );
      truncated ||= answer.truncated;
      for (const warning of answer.warnings) warnings.add(warning);
      for (const { labels, value } of answer.rows) {
        const tenant = labels.tenant_id ?? '';
        if (tenant === '') continue;
        const row = found.get(tenant) ?? {
          health: null,
          requestsPerSecond: null,
          errorRatio: null,
          p95Seconds: null,
          ordersPerHour: null,
        };
        row[column] = column === 'health' && value !== null ? Math.round(100 * value) : value;
        found.set(tenant, row);
      }
    }),
  );
  const rows = [...found].map(([tenant, row]) => ({ tenant, ...row }));
  return { rows, truncated, warnings: [...warnings] };
}

/** Rows in order: by a column, what is not known last; tenants of one value by name. */
export function sortRows(
  rows: readonly TenantRow[],
  by: Column | 'tenant',
  descending: boolean,
): readonly TenantRow[] {
  const sign = descending ? -1 : 1;
  const byName = (a: TenantRow, b: TenantRow) =>
    a.tenant < b.tenant ? -1 : a.tenant > b.tenant ? 1 : 0;
  if (by === 'tenant') return rows.toSorted((a, b) => sign * byName(a, b));
  return rows.toSorted((a, b) => {
    const [x, y] = [a[by], b[by]];
    if (x === y) return byName(a, b);
    if (x === null) return 1;
    if (y === null) return -1;
    return sign * (x - y);
  });
}
