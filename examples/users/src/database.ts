import { PrismaMariaDb } from '@prisma/adapter-mariadb';
import { PrismaClient } from './generated/mysql/client.ts';

export type Database = PrismaClient;

/** Milliseconds that a request waits for a connection. */
const patience = 5_000;
const connections = 10;

const columns =
  'id CHAR(36) PRIMARY KEY, tenant_id VARCHAR(64) NOT NULL, name VARCHAR(100) NOT NULL';

/** MariaDB (or MySQL) by `mysql://`, PostgreSQL by `postgresql://`; makes the table where there is none. */
export async function openDatabase(url: string): Promise<Database> {
  const isPostgres = /^postgres/.test(url);
  const database = isPostgres ? await onPostgres(url) : onMariaDb(url);
  const time = isPostgres ? 'TIMESTAMP(3)' : 'DATETIME(3)';
  await database.$executeRawUnsafe(
    `CREATE TABLE IF NOT EXISTS profiles (${columns}, created_at ${time} NOT NULL, UNIQUE (tenant_id, id))`,
  );
  return database;
}

function onMariaDb(url: string): Database {
  const { hostname, port, username, password, pathname } = new URL(url);
  return new PrismaClient({
    adapter: new PrismaMariaDb({
      host: hostname,
      port: port === '' ? 3_306 : Number(port),
      user: decodeURIComponent(username),
      password: decodeURIComponent(password),
      database: pathname.slice(1),
      connectionLimit: connections,
      acquireTimeout: patience,
    }),
  });
}

/** The client of the same schema, which differs in what it speaks and not in what it is asked. */
async function onPostgres(url: string): Promise<Database> {
  const [{ PrismaPg }, generated] = await Promise.all([
    import('@prisma/adapter-pg'),
    import('./generated/postgresql/client.ts'),
  ]);
  return new generated.PrismaClient({
    adapter: new PrismaPg({
      connectionString: url,
      max: connections,
      connectionTimeoutMillis: patience,
    }),
  }) as unknown as Database;
}
