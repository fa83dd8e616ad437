import mariadb from 'mariadb';
import pg from 'pg';

/** The books of the users service: profiles made since then, per tenant. */
export async function countProfiles(url, since) {
  const rows = /^postgres/.test(url) ? await askPostgres(url, since) : await askMariadb(url, since);
  return rows.map(({ tenant, value }) => ({
    ...{ service: 'users', measure: 'profiles made', tenant, labels: {} },
    value: Number(value),
  }));
}

const sql = (parameter) =>
  `SELECT tenant_id AS tenant, count(*) AS value FROM profiles WHERE created_at >= ${parameter} GROUP BY tenant_id`;

/** Prisma writes times in UTC, without a zone. */
const utc = (date) => date.toISOString().replace('T', ' ').replace('Z', '');

async function askPostgres(url, since) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql('$1'), [utc(since)])).rows;
  } finally {
    await client.end();
  }
}

async function askMariadb(url, since) {
  const { hostname, port, username, password, pathname } = new URL(url);
  const connection = await mariadb.createConnection({
    ...{ host: hostname, port: Number(port), user: username, password },
    database: pathname.slice(1),
  });
  try {
    return await connection.query(sql('?'), [utc(since)]);
  } finally {
    await connection.end();
  }
}
