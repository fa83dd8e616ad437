// Once a night: adds up the last day of every tenant, prints a line for each, and ends. Its metrics arrive before it does.
import { runWithTenant } from '@bellwether/meters';
import pg from 'pg';
import { z } from 'zod';
import { meters } from './meters.ts';

const settings = z
  .object({
    DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
    /** Orders since then. Default: the last 24 hours. */
    BATCH_SINCE: z.iso.datetime().optional(),
  })
  .parse(process.env);

const since = settings.BATCH_SINCE ?? new Date(Date.now() - 86_400_000).toISOString();
const began = performance.now();
const database = new pg.Client({ connectionString: settings.DATABASE_URL });
await database.connect();
try {
  const { rows } = await database.query<{ id: string }>('SELECT id FROM tenants ORDER BY id');
  for (const { id } of rows) await runWithTenant(id, async () => await closeDay(id));
} finally {
  meters.duration.set((performance.now() - began) / 1_000);
  await database.end();
}

async function closeDay(tenant: string): Promise<void> {
  try {
    const { rows } = await database.query<{ orders: string }>(
      'SELECT count(*) AS orders FROM orders WHERE tenant_id = $1 AND created_at >= $2',
      [tenant, since],
    );
    const orders = Number(rows[0]?.orders ?? 0);
    meters.orders.add(orders);
    meters.daysClosed.add(1, { outcome: 'succeeded' });
    process.stdout.write(`${JSON.stringify({ tenant, since, orders })}\n`);
  } catch (error) {
    meters.daysClosed.add(1, { outcome: 'failed' });
    process.stderr.write(`${tenant}: ${error}\n`);
    process.exitCode = 1;
  }
}
