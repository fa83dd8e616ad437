/** One number of the shop's books, whichever side it was read from. Zeros are left out. */
export interface LedgerEntry {
  /** What is counted: the name of a row in measures.ts, or `requests`. */
  readonly measure: string;
  readonly tenant: string;
  /** Such as `{ status: 'paid', currency: 'EUR' }`. */
  readonly labels: Readonly<Record<string, string>>;
  /** A count, or an amount of money in minor units. */
  readonly value: number;
}

/** The same text for entries that must be equal. */
export function entryKey({ measure, tenant, labels }: Omit<LedgerEntry, 'value'>): string {
  const sorted = Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([measure, tenant, sorted]);
}
