import { counter, defineMeters, oneOf } from '@bellwether/meters';

/** Its own module, so that rules, alerts and dashboards can be generated from it without starting the app. */
export const meters = defineMeters('quickstart', {
  orders: counter('quickstart.orders', {
    unit: '{order}',
    description: 'Orders placed',
    attributes: { status: oneOf('paid', 'declined') },
  }),
});
