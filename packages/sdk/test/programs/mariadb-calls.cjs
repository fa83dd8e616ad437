// Statements by every way that mariadb has, as several tenants on one connection.
const { currentTenant, runWithTenant } = require('@bellwether/sdk');
const mariadb = require('mariadb');

const {
  hostname: host,
  port,
  username: user,
  password,
  pathname,
} = new URL(process.env.DATABASE_URL);
const options = { host, port: Number(port), user, password, database: pathname.slice(1) };

(async () => {
  const pool = mariadb.createPool({ ...options, connectionLimit: 1 });
  // All but the first wait, and are given the connection by another tenant.
  await Promise.all(
    ['acme', 'umbrella', 'initech'].map((tenant) =>
      runWithTenant(tenant, async () => {
        await pool.query("SELECT SLEEP(0.02), 'secret'");
        console.log(`${tenant} is ${currentTenant()}`);
      }),
    ),
  );
  await runWithTenant('acme', async () => {
    const connection = await pool.getConnection();
    await connection.execute('SELECT ? AS a', ['secret']);
    await connection.beginTransaction();
    await connection.query('CREATE TABLE IF NOT EXISTS things (id INT PRIMARY KEY)');
    await connection.batch('INSERT INTO things VALUES (?)', [[1], [2]]);
    await connection
      .query('INSERT INTO things VALUES (1)')
      .catch((error) => console.log(error.code));
    await connection.release();
  });
  await pool.end();
})();
