import type { SdkConfig } from '../config/sdk-config.ts';

/** Parts of names whose values are secrets: of headers, parameters, properties. Compared without case, `-`, `_` and `.`. */
const parts = [
  ...['authorization', 'cookie', 'passw', 'pwd', 'passphrase', 'secret', 'token(?!s)', 'apikey'],
  ...['accesskey', 'privatekey', 'credential', 'signature', 'sessionid', 'csrf', 'xsrf', 'jwt'],
  ...['pincode', 'cardnumber', 'creditcard', 'cvv', 'cvc', 'connectionstring'],
];

/** Names that are secrets as a whole; as a part they would hide too much. */
const whole = new Set([
  'sig',
  'auth',
  'pass',
  'otp',
  'iban',
  'pin',
  'sid',
  'ssn',
  'session',
  'dsn',
  'pan',
]);

/** The names of the operator, as {@link isSecretName} takes them. */
export function secretNames(config: Pick<SdkConfig, 'secretNames'>): ReadonlySet<string> {
  return new Set(config.secretNames.map((name) => name.toLowerCase()));
}

const anyPart = new RegExp(parts.join('|'));

/**
 * Whether a name says that its value is a secret: `X-Api-Key`, `user.password`, `access_token`.
 *
 * @param more Names that the operator counts among them, in lower case (`BELLWETHER_SECRET_NAMES`).
 */
export function isSecretName(name: string, more?: ReadonlySet<string>): boolean {
  const lower = name.toLowerCase();
  if (more?.has(lower)) return true;
  const bare = lower.replace(/[-_.]/g, '');
  return whole.has(bare) || anyPart.test(bare);
}
