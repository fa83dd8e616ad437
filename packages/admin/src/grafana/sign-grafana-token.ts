import { sign } from 'node:crypto';
import type { GrafanaKey } from './grafana-key.ts';

/** A role of an organisation, as Grafana's `role_attribute_path = role` reads it. */
export type GrafanaRole = 'Viewer' | 'Editor' | 'Admin';

export interface GrafanaClaims {
  readonly user: string;
  readonly role: GrafanaRole;
  readonly issuer: string;
  readonly audience: string;
  /** Seconds. */
  readonly lifetime: number;
  /** Unix seconds. */
  readonly now: number;
}

/** Seconds for which a clock of Grafana's may be behind ours. */
const clockSkew = 10;

/**
 * A signed token (RFC 7515, ES256) with what Grafana checks by itself (exp, nbf, iat) and what `expect_claims` adds (iss, aud).
 * https://grafana.com/docs/grafana/latest/setup-grafana/configure-access/configure-authentication/jwt/
 */
export function signGrafanaToken(
  { privateKey, id }: GrafanaKey,
  { user, role, issuer, audience, lifetime, now }: GrafanaClaims,
): string {
  const header = { alg: 'ES256', typ: 'JWT', kid: id };
  const claims = {
    ...{ iss: issuer, aud: audience, sub: user, name: user, role },
    ...{ iat: now - clockSkew, nbf: now - clockSkew, exp: now + lifetime },
  };
  const text = `${encode(header)}.${encode(claims)}`;
  // RFC 7518, 3.4: R and S beside each other, and no DER.
  const signature = sign('sha256', Buffer.from(text), {
    key: privateKey,
    dsaEncoding: 'ieee-p1363',
  });
  return `${text}.${signature.toString('base64url')}`;
}

const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
