// Two commands, one connection: the second one waits for it.
import { createClientPool } from 'redis';

const port = Number(process.env.REDIS_PORT);
const pool = createClientPool({ socket: { host: '127.0.0.1', port } }, { maximum: 1 });
pool.on('error', () => {});
await pool.connect();
await Promise.all([pool.get('a'), pool.get('b')]);
await pool.close();
