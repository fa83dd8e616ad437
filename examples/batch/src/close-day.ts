// Once a night: adds up the last day of every tenant, prints a line for each, and ends. Its metrics arrive before it does.
import { runWithTenant } from '@bellwether/meters';
import pg from 'pg';
import { lastDay } from './last-day.ts';
import { meters } from './meters.ts';
import { settings } from './settings.ts';

const task = 'close-day';
const now = new Date();
// A day and not 24 hours: what is late tonight must not count an order twice tomorrow, or never.
const { since, until } =
  settings.BATCH_SINCE === undefined
    ? lastDay(now)
    : { since: new Date(settings.BATCH_SINCE), until: now };
const began = performance.now();
const database = new pg.Client({ connectionString: settings.DATABASE_URL });
try {
  await database.connect();
  const { rows } = await database.query<{ id: string }>('SELECT id FROM tenants ORDER BY id');
  for (const { id } of rows) await runWithTenant(id, async () => await closeDay(id));
} catch (error) {
  complain(error);
} finally {
  await database.end().catch(complain);
  const outcome = process.exitCode === undefined ? 'succeeded' : 'failed';
  meters.runs.add(1, { task, outcome });
  meters.runDuration.set((performance.now() - began) / 1_000, { task });
  if (outcome === 'succeeded') meters.lastSuccess.set(Date.now() / 1_000, { task });
}

/** Of the current tenant. What goes wrong with one does not keep the others from being closed. */
async function closeDay(tenant: string): Promise<void> {
  try {
    const { rows } = await database.query<{ orders: string }>(
      'SELECT count(*) AS orders FROM orders WHERE tenant_id = $1 AND created_at >= $2 AND created_at < $3',
      [tenant, since, until],
    );
    const orders = Number(rows[0]?.orders ?? 0);
    meters.orders.add(orders);
    meters.daysClosed.add(1, { outcome: 'succeeded' });
    process.stdout.write(`${JSON.stringify({ tenant, since, orders })}\n`);
  } catch (error) {
    meters.daysClosed.add(1, { outcome: 'failed' });
    complain(error, tenant);
  }
}

function complain(error: unknown, whose = 'the nightly job'): void {
  process.stderr.write(`${whose}: ${error}\n`);
  process.exitCode = 1;
}
