import { openDatabase } from './database.ts';
import { migrate } from './migrate.ts';
import { issueApiKey, seed } from './seed.ts';

export interface PreparedTenant {
  readonly id: string;
  readonly name: string;
  readonly currencies: readonly string[];
  /** Shown this once: only its hash is kept. */
  readonly apiKey: string;
}

export interface PreparedDatabase {
  /** Migrations applied now. */
  readonly applied: readonly string[];
  readonly tenants: readonly PreparedTenant[];
}

/**
 * Brings a database to the newest migration, seeds it when it is new, and issues one API key per tenant. A key of the same name
 * that was issued before is replaced; a running shop accepts it for up to 30 s more.
 *
 * @example
 * const { tenants } = await prepareDatabase(databaseUrl, { keyName: 'traffic' });
 */
export async function prepareDatabase(
  databaseUrl: string,
  { keyName = 'default' }: { readonly keyName?: string } = {},
): Promise<PreparedDatabase> {
  const applied = await migrate(databaseUrl);
  const database = openDatabase(databaseUrl, 1);
  try {
    const tenants = await database.$transaction(async (tx) => {
      await seed(tx);
      const known = await tx.tenant.findMany({ orderBy: { id: 'asc' } });
      const prepared: PreparedTenant[] = [];
      for (const { id, name, currencies } of known) {
        prepared.push({ id, name, currencies, apiKey: await issueApiKey(tx, id, keyName) });
      }
      return prepared;
    });
    return { applied, tenants };
  } finally {
    await database.$disconnect();
  }
}
