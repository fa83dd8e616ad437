// Starts and stops the SDK twice over the same libraries; the second run is the one that counts.
import { startSdk } from '@bellwether/sdk';

let sdk = await startSdk();
const { Redis } = await import('ioredis');
const { createClient } = await import('redis');
const { default: pg } = await import('pg');
await sdk.shutdown();
sdk = await startSdk();

const port = Number(process.env.REDIS_PORT);
const io = new Redis({ host: '127.0.0.1', port });
await io.set('a', 'b');
await io.pipeline().get('a').get('b').exec();
io.disconnect();
const redis = await createClient({ socket: { host: '127.0.0.1', port } }).connect();
await redis.get('a');
redis.destroy();
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL });
await pool.query('SELECT 1');
await pool.end();
await sdk.shutdown();
