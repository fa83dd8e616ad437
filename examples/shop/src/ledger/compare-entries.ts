import { entryKey, type LedgerEntry } from './ledger-entry.ts';

/** One row of the comparison. A side that does not know the entry has 0. */
export interface ComparedEntry {
  readonly measure: string;
  readonly tenant: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly ledger: number;
  readonly metric: number;
  readonly equal: boolean;
}

/** Joins both sides, sorted by tenant, measure and labels. Nothing is rounded. */
export function compareEntries(
  ledger: readonly LedgerEntry[],
  metrics: readonly LedgerEntry[],
): ComparedEntry[] {
  const rows = new Map<string, { entry: LedgerEntry; ledger: number; metric: number }>();
  for (const [side, entries] of [
    ['ledger', ledger],
    ['metric', metrics],
  ] as const) {
    for (const entry of entries) {
      const key = entryKey(entry);
      const row = rows.get(key) ?? { entry, ledger: 0, metric: 0 };
      row[side] += entry.value;
      rows.set(key, row);
    }
  }
  return [...rows.values()]
    .map(({ entry: { measure, tenant, labels }, ...sides }) => ({
      measure,
      tenant,
      labels,
      ...sides,
      equal: sides.ledger === sides.metric,
    }))
    .sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1));
}

function sortKey({ tenant, measure, labels }: ComparedEntry): string {
  return [tenant, measure, entryKey({ measure, tenant, labels })].join('\u0000');
}
