// The same commands by whatever client, each under a span of its own that has the name of the step.
const { trace } = require('@opentelemetry/api');
const { runWithTenant } = require('@bellwether/sdk');

const port = Number(process.env.REDIS_PORT);
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

exports.nodeRedis = async ({ createClient }) => {
  const client = createClient({ socket: { host: '127.0.0.1', port, reconnectStrategy: false } });
  client.on('error', () => {});
  await client.connect();
  await step('set', () => client.set('key', 'secret'));
  await step('tenant', () => runWithTenant('acme', () => client.get('key')));
  await step('error', () => client.lPush('key', 'secret'));
  await step('multi', () => client.multi().set('a', 'secret').incr('n').get('a').exec());
  await step('pipeline', () => client.multi().set('b', 'secret').get('b').execAsPipeline());
  await step('raw', () => client.sendCommand(['STRLEN', 'key']));
  await step('select', () => client.select(3));
  await step('selected', () => client.exists('key'));
  await (client.close ?? client.quit).call(client);
  await step('closed', () => client.del('key'));
};

exports.ioredis = async ({ Redis }) => {
  const options = { host: '127.0.0.1', port, maxRetriesPerRequest: 0, retryStrategy: () => null };
  const client = new Redis(options);
  client.on('error', () => {});
  // Sent before there is a connection.
  await step('set', () => client.set('key', 'secret'));
  await step('tenant', () => runWithTenant('acme', () => client.get('key')));
  await step('error', () => client.lpush('key', 'secret'));
  await step('multi', () => client.multi().set('a', 'secret').incr('n').get('a').exec());
  await step('pipeline', () => client.pipeline().set('b', 'secret').get('b').exec());
  await step('raw', () => client.call('STRLEN', 'key'));
  await step('select', () => client.select(3));
  await step('selected', () => client.exists('key'));
  await client.quit();
  await step('closed', () => client.del('key'));
};
