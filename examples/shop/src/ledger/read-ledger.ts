import { Client } from 'pg';
import type { LedgerEntry } from './ledger-entry.ts';
import { measures } from './measures.ts';

/**
 * The truth: what PostgreSQL has written down since `since` (default: ever), per tenant. Reads the tables directly and in one
 * snapshot, not through the shop.
 */
export async function readLedger(
  databaseUrl: string,
  { since = new Date(0) }: { readonly since?: Date | undefined } = {},
): Promise<LedgerEntry[]> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const entries: LedgerEntry[] = [];
    for (const { name, sql } of measures) {
      const { rows } = await client.query<Record<string, string>>(sql, [since]);
      for (const { tenant = '', value, ...labels } of rows) {
        entries.push({ measure: name, tenant, labels, value: Number(value) });
      }
    }
    return entries.filter(({ value }) => value !== 0);
  } finally {
    await client.end();
  }
}
