import { counter, defineMeters, gauge, oneOf } from '@bellwether/meters';

/** All that the nightly job counts. It ends seconds after it has begun: nobody could scrape it. */
export const meters = defineMeters('batch', {
  daysClosed: counter('batch.days.closed', {
    unit: '{day}',
    description: 'Days closed, one for each tenant and run, by outcome',
    attributes: { outcome: oneOf('succeeded', 'failed') },
  }),
  orders: counter('batch.orders', {
    unit: '{order}',
    description: 'Orders in the days that were closed',
  }),
  duration: gauge('batch.duration', {
    unit: 's',
    description: 'Time that the last run took',
    tenant: false,
  }),
});
