import { setTenant } from '@bellwether/meters';
import type { RequestHandler, Response } from 'express';
import { hashApiKey } from '../database/seed.ts';
import { unauthorized } from '../http/http-problem.ts';
import { meters } from '../meters.ts';
import type { Services } from '../services.ts';
import { verifyToken } from './session-token.ts';
import type { Tenant } from './tenant-directory.ts';

/** Who is asking: a tenant by its API key, or one of its customers by a token. */
export interface Identity {
  readonly tenant: Tenant;
  readonly customerId: string | undefined;
  readonly sessionId: string | undefined;
}

const identities = new WeakMap<Response, Identity>();

/**
 * Decides the tenant, by `Authorization: Bearer <token>` or `X-Api-Key`, and by nothing else: a header such as X-Tenant is a claim
 * and is never read. What is measured from here on in this request carries the tenant.
 */
export function authenticate(
  services: Pick<Services, 'settings' | 'tenants' | 'database'>,
): RequestHandler {
  return async (request, response, next) => {
    const { authorization } = request.headers;
    const identity =
      authorization === undefined
        ? await byApiKey(services, request.get('x-api-key'))
        : await byToken(services, authorization);
    identities.set(response, identity);
    setTenant(identity.tenant.id);
    next();
  };
}

async function byApiKey(
  { tenants }: Pick<Services, 'tenants'>,
  key: string | undefined,
): Promise<Identity> {
  if (key === undefined || key === '') {
    meters.tokensRejected.add(1, { reason: 'missing' });
    throw unauthorized(
      'credentials_missing',
      'Expected X-Api-Key or Authorization: Bearer <token>, got neither',
    );
  }
  const tenant = await tenants.byKeyHash(hashApiKey(key));
  if (tenant === undefined) {
    meters.tokensRejected.add(1, { reason: 'unknown' });
    throw unauthorized('key_unknown', 'Expected X-Api-Key to be the key of a tenant, got another');
  }
  return { tenant, customerId: undefined, sessionId: undefined };
}

async function byToken(
  { settings, tenants, database }: Pick<Services, 'settings' | 'tenants' | 'database'>,
  authorization: string,
): Promise<Identity> {
  const token = /^Bearer ([^\s]{1,4096})$/i.exec(authorization)?.[1];
  if (token === undefined) {
    meters.tokensRejected.add(1, { reason: 'malformed' });
    throw unauthorized('token_invalid', 'Expected Authorization to be "Bearer <token>"');
  }
  const { tenantId, customerId, sessionId } = await verifyToken(settings.jwtSecret, token);
  const tenant = await tenants.byId(tenantId);
  if (tenant === undefined) {
    meters.tokensRejected.add(1, { reason: 'unknown' });
    throw unauthorized('token_invalid', 'Expected the token of a tenant that exists, got another');
  }
  const session = await database.session.findUnique({
    where: { id: sessionId },
    select: { endedAt: true },
  });
  if (session === null || session.endedAt !== null) {
    // The signature is ours, so the tenant is known, and this answer is one of its own.
    setTenant(tenant.id);
    meters.tokensRejected.add(1, { reason: 'revoked' });
    throw unauthorized('token_revoked', 'Expected the token of a session, got one that has ended');
  }
  return { tenant, customerId, sessionId };
}

/** Throws when the route is not behind `authenticate`: a mistake of ours, not of the client. */
export function identityOf(response: Response): Identity {
  const identity = identities.get(response);
  if (identity === undefined) throw new Error('Expected the route to be behind authenticate()');
  return identity;
}

/** For routes of a customer: 401 when only an API key was given. */
export function customerOf(response: Response): {
  tenant: Tenant;
  customerId: string;
  sessionId: string;
} {
  const { tenant, customerId, sessionId } = identityOf(response);
  if (customerId === undefined || sessionId === undefined) {
    throw unauthorized('login_required', 'Expected the token of a customer, got an API key only');
  }
  return { tenant, customerId, sessionId };
}
