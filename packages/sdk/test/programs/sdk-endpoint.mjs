// Records with every kind of instrument, then prints its own /metrics.
import { counter, defineMeters, histogram, runWithTenant } from '@bellwether/meters';
import { metrics } from '@opentelemetry/api';

const meters = defineMeters('shop', {
  orders: counter('shop.orders.placed', { unit: '{order}', description: 'Orders placed' }),
  checkout: histogram('shop.checkout.duration', {
    unit: 's',
    description: 'Checkout',
    boundaries: [0.1, 1],
  }),
  size: histogram('shop.cart.size', {
    unit: 'By',
    description: 'Cart',
    exponential: { maxSize: 20 },
  }),
});
runWithTenant('acme', () => meters.orders.add(3));
meters.checkout.record(0.5);
meters.size.record(100);
metrics.getMeter('plain').createGauge('plain.share', { unit: '1' }).record(0.5);

const port = process.env.BELLWETHER_METRICS_PORT ?? process.env.OTEL_EXPORTER_PROMETHEUS_PORT;
try {
  const answer = await fetch(`http://127.0.0.1:${port}/metrics`);
  console.log(await answer.text());
} catch (error) {
  console.log(`no endpoint: ${error.cause?.code}`);
}
if (process.argv[2] === 'stay') setTimeout(() => {}, 20_000);
