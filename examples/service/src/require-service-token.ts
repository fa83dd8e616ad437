import { createHash, timingSafeEqual } from 'node:crypto';
import type { onRequestAsyncHookHandler } from 'fastify';
import { ServiceProblem } from './service-problem.ts';

/** Lets pass who shows the token that our own services share, as `X-Service-Token`; 401 for everybody else. */
export function requireServiceToken(token: string): onRequestAsyncHookHandler {
  const expected = digestOf(token);
  return async (request) => {
    const given = request.headers['x-service-token'];
    if (typeof given === 'string' && timingSafeEqual(digestOf(given), expected)) return;
    throw new ServiceProblem(
      401,
      'service_token_unknown',
      'Expected X-Service-Token to be the token of our services, got another or none',
    );
  };
}

/** Equal digests of equal length: the time taken says nothing about where two texts differ. */
const digestOf = (text: string) => createHash('sha256').update(text).digest();
