import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
} from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Signs the tokens that Grafana believes. */
export interface GrafanaKey {
  readonly privateKey: KeyObject;
  /** By which Grafana finds the public half in its key set: the thumbprint of RFC 7638. */
  readonly id: string;
}

/** Where `createGrafanaKey()` has put the two halves. */
export interface GrafanaKeyFiles {
  /** For the app alone: mode 600. */
  readonly privateKeyFile: string;
  /** For Grafana's `jwk_set_file`. Nothing in it is secret. */
  readonly jwksFile: string;
}

/**
 * Makes a key pair for ES256 in a folder, unless there is one: `grafana-private-key.pem` and `grafana-jwks.json`. To change keys
 * remove both, make new ones, and restart Grafana and the app: tokens live for a minute.
 *
 * @example
 * const { privateKeyFile } = createGrafanaKey('secrets');
 */
export function createGrafanaKey(folder: string): GrafanaKeyFiles {
  const privateKeyFile = join(folder, 'grafana-private-key.pem');
  const jwksFile = join(folder, 'grafana-jwks.json');
  if (!existsSync(privateKeyFile)) {
    mkdirSync(folder, { recursive: true });
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' });
    writeFileSync(privateKeyFile, pem, { mode: 0o600, flag: 'wx' });
  }
  const key = readGrafanaKey(privateKeyFile);
  const jwk = { ...publicJwk(key.privateKey), kid: key.id, alg: 'ES256', use: 'sig' };
  writeFileSync(jwksFile, `${JSON.stringify({ keys: [jwk] }, null, 2)}\n`, { mode: 0o644 });
  return { privateKeyFile, jwksFile };
}

/** Reads the private key that `createGrafanaKey` made. Throws when it is no P-256 key; the error quotes nothing of it. */
export function readGrafanaKey(privateKeyFile: string): GrafanaKey {
  const privateKey = parse(readFileSync(privateKeyFile, 'utf8'));
  if (privateKey?.asymmetricKeyDetails?.namedCurve !== 'prime256v1') {
    throw new TypeError(
      `Expected ${privateKeyFile} to hold a private key for ES256 (P-256) as PEM, got another text; make one by createGrafanaKey(). ERR_GRAFANA_KEY`,
    );
  }
  const { crv, kty, x, y } = publicJwk(privateKey);
  // RFC 7638 wants these members in this order.
  const id = createHash('sha256').update(JSON.stringify({ crv, kty, x, y })).digest('base64url');
  return { privateKey, id };
}

function parse(pem: string): KeyObject | undefined {
  try {
    return createPrivateKey(pem);
  } catch {
    return undefined;
  }
}

function publicJwk(privateKey: KeyObject) {
  return createPublicKey(privateKey).export({ format: 'jwk' });
}
