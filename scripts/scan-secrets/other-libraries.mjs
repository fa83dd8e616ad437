// Uses with planted secrets what the shop does not, and dies of one. Started by run-planted-shop.mjs under the preload, with the secrets on stdin.
import { readFileSync } from 'node:fs';
import mysql from 'mysql2';
import pg from 'pg';
import pino from 'pino';
import { createClient } from 'redis';

const { secrets, canary, postgresUrl, redisUrl, sinkUrl } = JSON.parse(readFileSync(0, 'utf8'));
const nothing = () => {};

const client = new pg.Client({ connectionString: postgresUrl });
await client.connect();
await client.query('CREATE TEMPORARY TABLE customers (email text UNIQUE)');
await client.query(
  `INSERT INTO customers VALUES ('${secrets['SQL literal']}') -- ${secrets['SQL comment']}`,
);
await client.query(`SELECT 1 /* a /* b */ ${secrets['SQL comment']} */`);
await client.query('SELECT $1::text', [secrets['SQL parameter']]);
const twice = secrets['SQL value in an error'];
for (const value of [twice, twice]) {
  await client.query('INSERT INTO customers VALUES ($1)', [value]).catch(nothing);
}
await client.query(`SELECT '${twice}'::integer`).catch(nothing);
await client.end();

// Nobody listens there: the statement is on the span all the same.
const unreachable = mysql.createConnection({ host: '127.0.0.1', port: 9, user: canary });
unreachable.on('error', nothing);
await new Promise((resolve) => {
  const sql = `SELECT "${secrets['MySQL literal']}", '${secrets['MySQL literal']}' WHERE a = ?`;
  unreachable.query(sql, [secrets['MySQL parameter']], resolve);
});

const redis = createClient({ url: redisUrl });
redis.on('error', nothing);
await redis.connect();
await redis.set(secrets['Redis key'], secrets['Redis value']);
await redis
  .multi()
  .get(secrets['Redis key'])
  .lPush(secrets['Redis key'], 'x')
  .exec()
  .catch(nothing);
await redis
  .sendCommand(['EVAL', `return redis.error_reply('${secrets['Redis error']}')`, '0'])
  .catch(nothing);
await redis.close();

const address = new URL(sinkUrl);
address.pathname = '/call';
address.search = `?q=${secrets['address of a call: query']}&${secrets['address of a call: query']}`;
const { get } = await import('node:http');
const auth = `jo:${secrets['address of a call: password']}`;
await new Promise((resolve) => {
  get(address, { auth, headers: { 'user-agent': canary } }, (response) =>
    response.resume().on('end', resolve),
  );
});
await fetch(address, { method: 'POST', body: secrets['body of a call'] });
const aborting = new AbortController();
const gone = fetch(address, { signal: aborting.signal });
aborting.abort(new Error(secrets['words of an aborted call']));
await gone.catch(nothing);

const log = pino({ level: 'info' }, { write: nothing });
log.info(
  {
    user: { password: secrets['log: password property'] },
    headers: { authorization: secrets['log: header'], 'x-api-key': secrets['log: header'] },
  },
  `${canary} by ${secrets['log: e-mail']}, Authorization: Bearer ${secrets['log: header']}`,
);
log.error(
  new Error(`connect postgresql://shop:${secrets['log: address of a database']}@db/shop failed`),
);

// The exporters get one more turn, and the process dies of its error.
setTimeout(() => {
  throw new Error(secrets['words of an uncaught error']);
}, 500);
