import { ServiceProblem } from '@bellwether/example-service';
import type { onRequestAsyncHookHandler } from 'fastify';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { identityOf } from './identity.ts';
import { meters } from './meters.ts';

/**
 * 429 for a customer, or a tenant's key, that sends more than so many requests in a second. Each gateway counts for itself: with several,
 * `RateLimiterRedis` of the same library counts for all of them.
 */
export function limitRate(requestsPerSecond: number): onRequestAsyncHookHandler {
  const limiter = new RateLimiterMemory({ points: requestsPerSecond, duration: 1 });
  return async (request, reply) => {
    const { tenant, customerId = '' } = identityOf(request);
    try {
      await limiter.consume(`${tenant} ${customerId}`);
    } catch {
      meters.requestsLimited.add(1);
      reply.header('retry-after', '1');
      throw new ServiceProblem(
        429,
        'too_many_requests',
        `Expected at most ${requestsPerSecond} requests a second, got more; wait a second`,
      );
    }
  };
}
