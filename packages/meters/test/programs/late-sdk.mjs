// Records before any SDK is there, then starts one: `foreign`, `quiet` (foreign, and no call after it) or `ours`.
// Prints what the SDK exports as one line of JSON.
import {
  counter,
  defineMeters,
  gauge,
  histogram,
  oneOf,
  runWithTenant,
  upDownCounter,
} from '@bellwether/meters';
import { takeOver } from '@bellwether/meters/runtime';
import { metrics } from '@opentelemetry/api';
import { MeterProvider, MetricReader } from '@opentelemetry/sdk-metrics';

class Reader extends MetricReader {
  async onForceFlush() {}
  async onShutdown() {}
}

const [which, early = '3'] = process.argv.slice(2);
const meters = defineMeters(
  'shop',
  {
    orders: counter('orders', {
      unit: '{order}',
      description: 'Orders',
      attributes: { status: oneOf('paid', 'declined') },
    }),
    carts: upDownCounter('carts', { unit: '{cart}' }),
    stock: gauge('stock', { tenant: false }),
    time: histogram('time', { unit: 's', boundaries: [0.1, 1] }),
  },
  { version: '1.2.3' },
);
const bound = meters.orders.forTenant('acme').bind({ status: 'paid' });

function record(times) {
  for (let i = 0; i < times; i++) {
    bound.add(1);
    meters.carts.forTenant('acme').add(i % 2 === 0 ? 2 : -1);
    meters.stock.set(i);
    runWithTenant('globex', () => {
      meters.orders.add(2, { status: 'declined' });
      meters.time.record(i % 2 === 0 ? 0.05 : 0.5);
    });
  }
}

record(Number(early));
let reader;
if (which === 'ours') {
  reader = new Reader({ metricProducers: [takeOver().producer] });
  metrics.setGlobalMeterProvider(new MeterProvider({ readers: [reader] }));
} else {
  reader = new Reader();
  metrics.setGlobalMeterProvider(new MeterProvider({ readers: [reader] }));
}
if (which === 'quiet') {
  const { scopeMetrics } = (await reader.collect()).resourceMetrics;
  if (scopeMetrics.length > 0) throw new Error('nothing was recorded since the SDK started');
  const deadline = Date.now() + 10_000;
  while ((await reader.collect()).resourceMetrics.scopeMetrics.length === 0) {
    if (Date.now() > deadline) throw new Error('the recordings never came');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
} else record(2);
const { resourceMetrics } = await reader.collect();
console.log(JSON.stringify(resourceMetrics.scopeMetrics));
