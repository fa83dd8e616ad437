// Statements by every way that pg has, each under a span of its own that has the name of the step.
const { trace } = require('@opentelemetry/api');
const { currentTenant, runWithTenant } = require('@bellwether/sdk');

const tracer = trace.getTracer('test');

const step = (name, work) =>
  tracer.startActiveSpan(name, async (span) => {
    try {
      return await work();
    } catch (error) {
      console.log(`${name}: ${error.message}`);
    } finally {
      span.end();
    }
  });

const byCallback = (query, ...args) =>
  new Promise((resolve, reject) => {
    query(...args, (error, result) => (error ? reject(error) : resolve(result)));
  });

exports.run = async ({ Client, Pool, Query }) => {
  const connectionString = process.env.DATABASE_URL;
  const client = new Client({ connectionString });
  await client.connect();
  await step('promise', () => client.query("SELECT 'secret' AS a"));
  await step('parameters', () => client.query('SELECT $1::text', ['secret']));
  await step('object', () => client.query({ text: 'VALUES (1)' }));
  await step('callback', () => byCallback(client.query.bind(client), 'SHOW port'));
  await step('callback of an object', () =>
    byCallback((text, callback) => client.query({ text, callback }), 'EXPLAIN SELECT 1'),
  );
  await step('query', async () => {
    const query = client.query(new Query('BEGIN'));
    await new Promise((resolve) => query.once('end', resolve));
  });
  await step('error', () => client.query("SELECT 'secret'::int"));
  await step('rollback', () => client.query('ROLLBACK'));
  await client.end();
  await step('closed', () => client.query('DELETE FROM t'));

  const pool = new Pool({ connectionString, max: 1 });
  pool.on('error', () => {});
  const tenants = ['acme', 'umbrella', 'initech'];
  const seen = await Promise.all(
    tenants.map((tenant) =>
      step(tenant, () =>
        runWithTenant(
          tenant,
          () =>
            new Promise((resolve) => {
              // They wait for one connection: whoever gives it back calls the next one's callback.
              pool.query('SELECT pg_sleep(0.02)', () => resolve(currentTenant()));
            }),
        ),
      ),
    ),
  );
  console.log(`tenants: ${seen}`);
  const held = await pool.connect();
  if (process.env.HOLD !== undefined) {
    console.log('held');
    const waiting = pool.query('SELECT 1');
    await new Promise((resolve) => process.once('SIGUSR2', resolve));
    held.release();
    await waiting;
  } else held.release();
  await pool.end();
};
