import { ask, ServiceProblem } from '@bellwether/example-service';
import { setTenant } from '@bellwether/meters';
import type { FastifyRequest, onRequestAsyncHookHandler } from 'fastify';
import { z } from 'zod';

const Identity = z.object({
  tenant: z.string(),
  customerId: z.string().optional(),
  storefrontToken: z.string().optional(),
});

/** Who asks: a tenant by its key, or one of its customers by a token. */
export type Identity = z.infer<typeof Identity>;

const identities = new WeakMap<FastifyRequest, Identity>();

/** Asks the auth service what the credentials stand for, and names the tenant. 401 for everybody else. */
export function identify(authUrl: string, serviceToken: string): onRequestAsyncHookHandler {
  return async (request) => {
    const { status, body } = await ask(authUrl, '/introspect', {
      method: 'POST',
      headers: { 'x-service-token': serviceToken },
      body: credentialsOf(request),
    }).catch(() => {
      throw authFailed();
    });
    if (status >= 500) throw authFailed();
    if (status !== 200) {
      throw new ServiceProblem(
        401,
        'credentials_unknown',
        'Expected X-Api-Key or Authorization: Bearer <token> that is known here, got another or none',
      );
    }
    const identity = Identity.parse(body);
    setTenant(identity.tenant);
    identities.set(request, identity);
  };
}

const authFailed = () =>
  new ServiceProblem(503, 'auth_failed', 'Expected the auth service to answer; try again');

/** Throws when the route is not behind `identify`: a mistake of ours, not of the client. */
export function identityOf(request: FastifyRequest): Identity {
  const identity = identities.get(request);
  if (identity === undefined) throw new Error('Expected the route to be behind identify()');
  return identity;
}

function credentialsOf({ headers }: FastifyRequest) {
  const { authorization } = headers;
  if (authorization !== undefined) {
    return { token: /^Bearer (\S{1,200})$/i.exec(authorization)?.[1] ?? 'malformed' };
  }
  const key = headers['x-api-key'];
  return typeof key === 'string' && key !== '' ? { apiKey: key.slice(0, 200) } : {};
}
