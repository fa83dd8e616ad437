// What the soak's service measures about its business; the bare twin does without.
import { counter, defineMeters, gauge, histogram, oneOf, setTenant } from '@bellwether/meters';
import { logs } from '@opentelemetry/api';

const meters = defineMeters('soak', {
  orders: counter('soak.orders', {
    unit: '{order}',
    description: 'Orders placed',
    attributes: { status: oneOf('paid', 'declined') },
  }),
  amount: histogram('soak.order.amount', {
    unit: '{cent}',
    description: 'Amount of an order',
    boundaries: [100, 1_000, 10_000],
  }),
  stock: gauge('soak.stock', { unit: '{item}', description: 'Items in stock' }),
});
const logger = logs.getLogger('soak');

export const telemetry = {
  tenant: setTenant,
  ordered(status, cents) {
    meters.orders.add(1, { status });
    meters.amount.record(cents);
    meters.stock.set(cents % 50);
    logger.emit({ body: 'ordered', attributes: { cents } });
  },
};
