import { counter, defineMeters, oneOf } from '@bellwether/meters';
import { batch } from '@bellwether/meters/presets';

/** All that the nightly job counts. It ends seconds after it has begun: nobody could scrape it. */
export const meters = defineMeters('batch', {
  ...batch,
  daysClosed: counter('batch.days.closed', {
    unit: '{day}',
    description: 'Days closed, one for each tenant and run, by outcome',
    attributes: { outcome: oneOf('succeeded', 'failed') },
  }),
  orders: counter('batch.orders', {
    unit: '{order}',
    description: 'Orders in the days that were closed',
  }),
});
