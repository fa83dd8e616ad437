// Registries of prom-client with one of everything, or with all that goes wrong. Answers /metrics, and does what other paths say.
import { createServer } from 'node:http';

const { default: client } = await import(process.env.PROM_CLIENT ?? 'prom-client');
const { exportRegistry } = await import('@bellwether/sdk/prom-client');

const { register } = client;
let removed = false;
register.setDefaultLabels({ app: 'shop' });
const orders = new client.Counter({
  name: 'orders_placed_total',
  help: 'Orders placed',
  labelNames: ['status', 'tenant_id', 'job'],
});
const plain = new client.Counter({ name: 'mails', help: 'A counter without _total' });
const carts = new client.Gauge({
  name: 'carts_open',
  help: 'Carts that are open, "now"\nand here',
  labelNames: ['shop'],
  async collect() {
    await new Promise((resolve) => setTimeout(resolve, 5));
    if (!removed) this.set({ shop: 'one' }, 7);
    this.set({ shop: 'zwei ü "q" \\ \n' }, -1.5);
  },
});
const checkout = new client.Histogram({
  name: 'checkout_duration_seconds',
  help: 'Time to check out',
  labelNames: ['step'],
  buckets: [0.1, 1, 2.5],
});
const none = new client.Histogram({ name: 'never_seconds', help: 'Nothing yet', buckets: [1] });
const rpc = new client.Summary({
  name: 'rpc_seconds',
  help: 'Time of calls',
  labelNames: ['to'],
  percentiles: [0.5, 0.99],
});
const second = new client.Registry();
new client.Gauge({ name: 'second_registry', help: 'In another one', registers: [second] }).set(3);
if (process.env.HOSTILE) {
  const fails = () => {
    throw new Error('no database');
  };
  new client.Gauge({ name: 'throws', help: 'Throws', collect: fails });
  new client.Gauge({ name: 'rejects', help: 'Rejects', collect: async () => fails() });
  new client.Gauge({ name: 'hangs', help: 'Hangs', collect: () => new Promise(() => {}) });
  new client.Counter({ name: 'double__name', help: 'Not a name that can stay' });
  const many = new client.Gauge({ name: 'many', help: 'Too many', labelNames: ['id'] });
  for (let id = 0; id < 300; id++) many.set({ id }, id);
}

orders.inc({ status: 'paid', tenant_id: 'acme', job: 'night' }, 3);
orders.inc({ status: 200, tenant_id: 'acme' }, 0.5);
plain.inc(2);
for (const value of [0.05, 0.5, 2, 99]) checkout.observe({ step: 'pay' }, value);
for (let i = 1; i <= 100; i++) rpc.observe({ to: 'auth' }, i);

exportRegistry([register, second], { maxSeries: 100, timeoutMs: 500 });

const steps = {
  '/metrics': async () => `${await register.metrics()}${await second.metrics()}`,
  '/reset': () => {
    orders.reset();
    orders.inc({ status: 'paid', tenant_id: 'acme', job: 'night' }, 1);
    checkout.reset();
    checkout.observe({ step: 'pay' }, 1);
  },
  '/remove': () => {
    removed = true;
    carts.remove({ shop: 'one' });
    register.removeSingleMetric('mails');
    none.observe(0.5);
  },
};
const server = createServer(async (request, response) => {
  response.end((await steps[request.url]?.()) ?? 'done');
}).listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
process.on('SIGTERM', () => server.close());
