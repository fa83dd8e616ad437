// Statements by every way that mysql2 has, as several tenants on one connection.
const { currentTenant, runWithTenant } = require('@bellwether/sdk');
const mysql = require(process.env.MYSQL2);

const url = process.env.DATABASE_URL;

const query = (on, method, ...args) =>
  new Promise((resolve) => on[method](...args, (error, rows) => resolve(error ?? rows)));

(async () => {
  const pool = mysql.createPool({ uri: url, connectionLimit: 1 });
  await query(
    pool,
    'query',
    'CREATE TABLE IF NOT EXISTS entries (id INT PRIMARY KEY, note VARCHAR(9))',
  );
  await query(pool, 'query', 'REPLACE INTO entries (id) VALUES (7)');
  // All but the first wait, and are given the connection by another tenant.
  await Promise.all(
    ['acme', 'umbrella', 'initech'].map((tenant) =>
      runWithTenant(tenant, async () => {
        await new Promise((resolve) => {
          pool.query("SELECT SLEEP(0.02), ? AS it, 'secret'", ['secret'], () => {
            console.log(`${tenant} is ${currentTenant()}`);
            resolve();
          });
        });
      }),
    ),
  );
  await runWithTenant('acme', async () => {
    const promises = pool.promise();
    await promises.execute('SELECT ? AS a', ['secret']);
    const connection = await promises.getConnection();
    await connection.beginTransaction();
    await connection.query({ sql: 'INSERT INTO entries (id) VALUES (?)', values: [1] });
    await connection
      .execute('INSERT INTO entries (id) VALUES (?)', [1])
      .catch((error) => console.log(error.code));
    await connection.rollback();
    await connection.release();
  });
  // By events, of which nobody listens to the error but the application.
  await runWithTenant('umbrella', async () => {
    await new Promise((resolve) => pool.query('SELECT 1 UNION SELECT 2').on('end', resolve));
    await new Promise((resolve) => pool.query('SELECT * FROM missing').on('error', resolve));
  });
  await runWithTenant('initech', () =>
    query(pool, 'query', "UPDATE entries SET note = 'secret' WHERE SLEEP(0.6) = 0"),
  );
  await new Promise((resolve) => pool.end(resolve));
})();
