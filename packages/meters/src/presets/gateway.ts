import { oneOf, upTo } from '../attributes/kinds.ts';
import { counter, histogram, SECONDS } from '../catalog/definition.ts';

/** What stands before others: an API gateway, a proxy, a backend for a frontend. */
export const gateway = {
  upstreamDuration: histogram('gateway.upstream.duration', {
    unit: 's',
    description:
      'Time that a service took for a request that was passed on to it, by whether it answered',
    boundaries: SECONDS,
    attributes: { upstream: upTo(20), outcome: oneOf('answered', 'failed', 'unreachable') },
  }),
  requestsLimited: counter('gateway.requests.limited', {
    unit: '{request}',
    description: 'Requests refused because their sender sent too many',
  }),
} as const;
