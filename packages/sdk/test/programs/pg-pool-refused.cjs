// Pools whose server closes every connection. "end" ends them, as an application with a pool for each tenant does.
const { once } = require('node:events');
const net = require('node:net');
const { Pool } = require('pg');

async function main() {
  const server = net.createServer((socket) => socket.destroy());
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const pool = new Pool({ host: '127.0.0.1', port: server.address().port, database: 'x', max: 3 });
  await pool.connect().catch(({ message }) => console.log(message));
  await new Promise((resolve) => pool.connect(resolve));
  await pool.query('SELECT 1').catch(({ message }) => console.log(message));
  console.log(pool.totalCount);
  if (process.argv[2] === 'end') await pool.end();
  server.close();
}
main();
