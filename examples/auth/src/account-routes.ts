import { type Answer, ask } from '@bellwether/example-service';
import type { FastifyPluginAsync, FastifyRequest } from 'fastify';
import { identify } from './identify.ts';
import { meters } from './meters.ts';
import type { settings as Settings } from './settings.ts';
import type { TenantKeys } from './tenant-keys.ts';
import type { TokenStore } from './token-store.ts';

/** Seconds a token is good for where the storefront does not say. */
const defaultSeconds = 3_600;

/**
 * `POST /login` and `POST /register`, with the API key of the tenant. The storefront knows its customers and their passwords; what it gives
 * for a login stays here, and the customer gets a token that says nothing.
 */
export function accountRoutes(
  directory: { readonly keys: TenantKeys; readonly tokens: TokenStore },
  { STOREFRONT_URL, USERS_URL, SERVICE_TOKEN }: typeof Settings,
): FastifyPluginAsync {
  const asCustomer = async (request: FastifyRequest, path: string) => {
    const { apiKey, headers } = credentialsOf(request);
    const identity = await identify(directory, { apiKey });
    const answer = await ask(STOREFRONT_URL, path, { method: 'POST', headers, body: request.body });
    return { tenant: identity.tenant, answer };
  };

  /** The account is there, whatever becomes of the profile: the customer makes it by changing it (`PUT /profile`). */
  const makeProfile = async (
    { log }: FastifyRequest,
    usersUrl: string,
    { id, name }: Answer['body'],
  ): Promise<void> => {
    const headers = { 'x-service-token': SERVICE_TOKEN };
    try {
      const question = { method: 'POST', headers, body: { id, name } } as const;
      const { status } = await ask(usersUrl, '/users', question);
      if (status >= 300) log.warn({ status }, 'no profile was made');
    } catch (error) {
      log.warn({ err: error }, 'no profile was made');
    }
  };

  return async (service) => {
    service.post('/login', async (request, reply) => {
      const { tenant, answer } = await asCustomer(request, '/login');
      meters.attempts.add(1, { action: 'login', outcome: outcomeOf(answer) });
      const { token: storefrontToken, expiresInSeconds } = answer.body;
      if (answer.status !== 200 || typeof storefrontToken !== 'string') {
        return reply.code(answer.status).send(answer.body);
      }
      const seconds = typeof expiresInSeconds === 'number' ? expiresInSeconds : defaultSeconds;
      const customerId = subjectOf(storefrontToken);
      const token = await directory.tokens.issue({ tenant, customerId, storefrontToken }, seconds);
      meters.tokensIssued.add(1);
      return { token, expiresInSeconds: seconds };
    });

    service.post('/register', async (request, reply) => {
      const { answer } = await asCustomer(request, '/register');
      meters.attempts.add(1, { action: 'registration', outcome: outcomeOf(answer) });
      if (answer.status === 201 && USERS_URL !== undefined) {
        await makeProfile(request, USERS_URL, answer.body);
      }
      return reply.code(answer.status).send(answer.body);
    });
  };
}

function credentialsOf({ headers }: FastifyRequest) {
  const given = headers['x-api-key'];
  const apiKey = typeof given === 'string' && given !== '' ? given : undefined;
  return { apiKey, headers: apiKey === undefined ? {} : { 'x-api-key': apiKey } };
}

function outcomeOf({ status }: Answer): 'succeeded' | 'refused' | 'failed' {
  if (status >= 500) return 'failed';
  return status >= 400 ? 'refused' : 'succeeded';
}

/** Of a token that the storefront gave us this moment: nobody else could have changed it. */
function subjectOf(token: string): string {
  const [, payload = ''] = token.split('.');
  const { sub } = JSON.parse(Buffer.from(payload, 'base64url').toString()) as { sub: string };
  return sub;
}
