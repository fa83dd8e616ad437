import { errors, jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import { unauthorized } from '../http/http-problem.ts';
import { meters } from '../meters.ts';

const issuer = 'bellwether-shop';
const Claims = z.object({ sub: z.uuid(), tenant: z.string().min(1).max(64), jti: z.uuid() });

export interface Session {
  readonly tenantId: string;
  readonly customerId: string;
  readonly sessionId: string;
}

/** Seconds. */
export const sessionSeconds = 3_600;

/** A token that says which customer of which tenant has logged in. */
export function issueToken(secret: Uint8Array, session: Session): Promise<string> {
  return new SignJWT({ tenant: session.tenantId })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(session.customerId)
    .setJti(session.sessionId)
    .setIssuer(issuer)
    .setAudience(issuer)
    .setIssuedAt()
    .setExpirationTime(`${sessionSeconds}s`)
    .sign(secret);
}

/** Throws a 401 that tells an expired token from one that is none of ours. */
export async function verifyToken(secret: Uint8Array, token: string): Promise<Session> {
  const expected = 'Expected a token from POST /login';
  try {
    const { payload } = await jwtVerify(token, secret, {
      algorithms: ['HS256'],
      issuer,
      audience: issuer,
      requiredClaims: ['exp'],
    });
    const { sub, tenant, jti } = Claims.parse(payload);
    return { customerId: sub, tenantId: tenant, sessionId: jti };
  } catch (error) {
    const expired = error instanceof errors.JWTExpired;
    meters.tokensRejected.add(1, { reason: expired ? 'expired' : 'malformed' });
    if (expired) {
      throw unauthorized('token_expired', `${expected}, got one that has expired; log in again`);
    }
    throw unauthorized('token_invalid', `${expected}, got one that is broken or not signed by us`);
  }
}
