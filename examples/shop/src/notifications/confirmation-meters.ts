import { counter, defineMeters, oneOf } from '@bellwether/meters';

/** What customers are told. The tenant is that of the request, which comes from one of our own services. */
export const confirmationMeters = defineMeters('notifications.customers', {
  confirmations: counter('notifications.confirmations', {
    unit: '{message}',
    description: 'Customers told that their order is paid; a repeated one was told before',
    attributes: { outcome: oneOf('sent', 'repeated') },
  }),
});
