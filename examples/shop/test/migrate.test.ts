import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { type PostgresServer, startPostgres } from '@bellwether/testkit';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase } from '../src/database/database.ts';
import { migrate } from '../src/database/migrate.ts';
import { prepareDatabase } from '../src/database/prepare-database.ts';
import { Prisma } from '../src/generated/prisma/client.ts';

let postgres: PostgresServer;

beforeAll(async () => {
  postgres = await startPostgres();
});

afterAll(() => postgres?.stop());

async function query(sql: string): Promise<Array<Record<string, unknown>>> {
  const client = new Client({ connectionString: postgres.url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

const folder = new URL('../prisma/migrations/', import.meta.url);
const names = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .sort();

test('two at once apply each migration once, in order, and record it as Prisma does', async () => {
  const applied = await Promise.all([migrate(postgres.url), migrate(postgres.url)]);
  expect(applied.flat()).toEqual(names);
  const rows = await query('SELECT * FROM _prisma_migrations ORDER BY started_at');
  expect(rows).toEqual(
    names.map((name) => ({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      checksum: createHash('sha256')
        .update(readFileSync(new URL(`${name}/migration.sql`, folder)))
        .digest('hex'),
      finished_at: expect.any(Date),
      migration_name: name,
      logs: null,
      rolled_back_at: null,
      started_at: expect.any(Date),
      applied_steps_count: 1,
    })),
  );
});

test('the tables have what the schema says', async () => {
  const database = openDatabase(postgres.url, 1);
  const names = Object.values(Prisma.ModelName);
  expect(names.length).toBeGreaterThan(10);
  for (const name of names) {
    const model = `${name.charAt(0).toLowerCase()}${name.slice(1)}` as 'tenant';
    await expect(database[model].findFirst(), name).resolves.toBeNull();
  }
  await database.$disconnect();
});

test('preparing again keeps the data and replaces the keys', async () => {
  const first = await prepareDatabase(postgres.url);
  const [{ products } = {}] = await query('SELECT count(*)::int AS products FROM products');
  const second = await prepareDatabase(postgres.url);
  const [{ products: after } = {}] = await query('SELECT count(*)::int AS products FROM products');
  expect(after).toBe(products);
  expect(first.tenants.map(({ id }) => id)).toEqual(['acme', 'globex', 'initech']);
  expect(second.tenants[0]?.apiKey).not.toBe(first.tenants[0]?.apiKey);
  const keys = await query('SELECT hash FROM api_keys');
  expect(keys).toHaveLength(3);
  expect(JSON.stringify(keys)).not.toContain('shop_');
});

test('a migration that was edited after it was applied is refused', async () => {
  await query(`UPDATE _prisma_migrations SET checksum = 'other'`);
  await expect(migrate(postgres.url)).rejects.toThrow(/20261101000000_init to be unchanged/);
});
