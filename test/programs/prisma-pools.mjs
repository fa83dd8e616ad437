// Fills the pools below Prisma's adapters until a signal, and then asks for profiles as two tenants.
import { PrismaMariaDb } from '@prisma/adapter-mariadb';
import { PrismaPg } from '@prisma/adapter-pg';
import * as mysql from '../../examples/users/src/generated/mysql/client.ts';
import * as postgresql from '../../examples/users/src/generated/postgresql/client.ts';
import { runWithTenant } from '../../packages/sdk/dist/index.js';

const { MARIADB_URL, POSTGRES_URL } = process.env;
const patience = 240_000;
const { hostname, port, username, password, pathname } = new URL(MARIADB_URL);
const clients = [
  new mysql.PrismaClient({
    adapter: new PrismaMariaDb({
      ...{ host: hostname, port: Number(port), user: username, password },
      ...{ database: pathname.slice(1), connectionLimit: 2, acquireTimeout: patience },
    }),
  }),
  new postgresql.PrismaClient({
    adapter: new PrismaPg({ connectionString: POSTGRES_URL, max: 2 }),
  }),
];

for (const client of clients) {
  await client.$executeRawUnsafe(
    'CREATE TABLE IF NOT EXISTS profiles (id CHAR(36) PRIMARY KEY, tenant_id VARCHAR(64) NOT NULL, name VARCHAR(100) NOT NULL, created_at TIMESTAMP(3) NOT NULL)',
  );
}
const released = new Promise((resolve) => process.once('SIGUSR2', resolve));
let entered = 0;
const held = clients.flatMap((client) =>
  [1, 2, 3].map(() =>
    client.$transaction(
      async (transaction) => {
        await transaction.profile.count();
        entered += 1;
        if (entered === 4) console.log('held');
        await released;
      },
      { timeout: patience, maxWait: patience },
    ),
  ),
);
await Promise.all(held);

for (const [number, client] of clients.entries()) {
  for (const tenantId of ['acme', 'umbrella']) {
    const id = `${tenantId}-${number}`;
    await runWithTenant(tenantId, async () => {
      await client.profile.create({ data: { id, tenantId, name: 'secret' } });
      await client.profile.findMany({ where: { tenantId } });
      await client.profile.update({ where: { id }, data: { name: 'secret' } });
      await client.profile.delete({ where: { id } });
    });
  }
}
for (const client of clients) await client.$disconnect();
