import { counter, defineMeters, oneOf } from '@bellwether/meters';

/** All that the gateway counts beside the requests themselves, which the SDK measures. */
export const meters = defineMeters('gateway', {
  requestsLimited: counter('gateway.requests.limited', {
    unit: '{request}',
    description: 'Requests answered 429 because their sender sent too many in a second',
  }),
  requestsPassedOn: counter('gateway.requests.passed_on', {
    unit: '{request}',
    description: 'Requests passed on to another service, by whether that one answered',
    attributes: {
      upstream: oneOf('auth', 'storefront', 'users'),
      outcome: oneOf('answered', 'failed', 'unreachable'),
    },
  }),
});
