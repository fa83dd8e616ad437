import type { TenantRow } from '../api/answers.ts';

export interface TenantColumn {
  readonly key: string;
  readonly title: string;
  readonly unit: string;
}

const known: readonly TenantColumn[] = [
  { key: 'health', title: 'Health', unit: '' },
  { key: 'requestsPerSecond', title: 'Requests/s', unit: '' },
  { key: 'errorRatio', title: 'Errors', unit: '1' },
  { key: 'p95Seconds', title: 'p95', unit: 's' },
  { key: 'ordersPerHour', title: 'Orders/h', unit: '' },
];

/** The columns that these rows have: those that we know in their order, then others under their own names. */
export function tenantColumns(rows: readonly TenantRow[]): TenantColumn[] {
  const keys = new Set(rows.flatMap((row) => Object.keys(row)));
  keys.delete('tenant');
  const others = [...keys]
    .filter((key) => known.every((column) => column.key !== key))
    .map((key) => ({ key, title: key, unit: '' }));
  return [...known.filter(({ key }) => keys.has(key)), ...others];
}
