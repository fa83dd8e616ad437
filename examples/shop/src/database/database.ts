import { PrismaPg } from '@prisma/adapter-pg';
import { type Prisma, PrismaClient } from '../generated/prisma/client.ts';

export type Database = PrismaClient;
export type Transaction = Prisma.TransactionClient;

/** Opens nothing yet: the first query connects, so that the shop starts, and says so in /healthz, while PostgreSQL is away. */
export function openDatabase(databaseUrl: string, connections: number): Database {
  return new PrismaClient({
    adapter: new PrismaPg({
      connectionString: databaseUrl,
      max: connections,
      // Covers the wait for a free connection too: a burst of visitors is no outage.
      connectionTimeoutMillis: 5_000,
      application_name: 'bellwether-shop',
    }),
    transactionOptions: { maxWait: 5_000, timeout: 15_000 },
  });
}
