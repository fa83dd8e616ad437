// Nothing listens: what a client was asked to do fails, and a rejection that nobody handles stays unhandled.
const { Redis } = require('ioredis');
const { createClient } = require('redis');

const port = Number(process.env.REDIS_PORT);

async function main() {
  const io = new Redis({
    host: '127.0.0.1',
    port,
    maxRetriesPerRequest: 1,
    retryStrategy: () => 1,
  });
  io.on('error', () => {});
  await io.set('a', 'b').catch(({ name }) => console.log(`handled ${name}`));
  const redis = createClient({ socket: { host: '127.0.0.1', port, reconnectStrategy: false } });
  redis.on('error', () => {});
  const connecting = redis.connect().catch(() => {});
  await redis.get('a').catch(({ name }) => console.log(`handled ${name}`));
  await connecting;

  process.once('unhandledRejection', ({ name }) => {
    console.log(`unhandled ${name}`);
    io.disconnect();
  });
  io.get('a');
}

main();
