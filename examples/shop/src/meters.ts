import { defineMeters, histogram, withObjective } from '@bellwether/meters';
import { auth, cache, commerce, errors, saas } from '@bellwether/meters/presets';

/**
 * All that the shop counts. The presets name what every shop has; what only this one has is declared here. Money is an integer in
 * minor units with its currency as an attribute. The tenant is that of the request: nothing below names it.
 */
export const meters = defineMeters('shop', {
  ...commerce,
  ...saas,
  ...auth,
  ...cache,
  ...errors,
  // A card that is declined is an answer; a provider that fails is not.
  payments: withObjective(commerce.payments, {
    availability: { good: { outcome: ['succeeded', 'declined'] }, target: 0.99 },
  }),
  checkoutDuration: histogram('shop.checkout.duration', {
    unit: 's',
    description: 'Time from the request to the placed order, paid or declined',
    boundaries: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    objective: { latency: { within: 1, target: 0.99 } },
  }),
});

/** A client's mistake is `low`, a degraded answer `medium`, a failed one `high`. */
export function countError(error: {
  /** A class or code, never a message. */
  readonly type: string;
  readonly component: 'http' | 'cache';
  readonly severity: 'low' | 'medium' | 'high';
}): void {
  meters.errors.add(1, error);
}
