import { randomBytes } from 'node:crypto';

/** What must never leave, by what it is. Each is a value that nothing else in the run has. */
const kinds = [
  ...['customer password', 'wrong password', 'customer name', 'customer e-mail'],
  ...['bearer token', 'cookie', 'API key that is unknown', 'basic password'],
  ...['query value', 'query token', 'search words', 'reset token in a path', 'e-mail in a path'],
  ...['words in a malformed body', 'value of a header', 'card number', 'client address'],
  ...['database password', 'Redis password', 'JWT secret', 'admin token', 'variable', 'argument'],
  ...['header of exports', 'notification token', 'chat address'],
  ...['SQL literal', 'SQL comment', 'SQL parameter', 'SQL value in an error', 'MySQL literal'],
  ...['MySQL parameter', 'Redis key', 'Redis value', 'Redis error', 'address of a call: password'],
  ...['address of a call: query', 'body of a call', 'words of an aborted call'],
  ...['log: password property', 'log: header', 'log: address of a database', 'log: e-mail'],
  ...['words of an uncaught error'],
];

/**
 * The secrets of one run, by kind, and the canary: a word that is meant to leave everywhere. Where it does not show up, the search is blind.
 */
export function plantSecrets() {
  const secrets = kinds.map((kind) => ({ kind, value: newSecret(kind) }));
  const byKind = new Map(secrets.map(({ kind, value }) => [kind, value]));
  return {
    secrets,
    canary: `canary-${randomBytes(6).toString('hex')}`,
    of(kind) {
      const value = byKind.get(kind);
      if (value === undefined) throw new Error(`Expected a planted secret, got ${kind}`);
      return value;
    },
  };
}

function newSecret(kind) {
  if (kind.includes('e-mail')) return `jo.${word()}@planted.example`;
  if (kind === 'customer name') return `Wilhelmina Plantée ${word()}`;
  if (kind === 'card number') return cardNumber();
  if (kind === 'client address') return '203.0.113.77';
  if (kind === 'reset token in a path') return randomBytes(24).toString('hex');
  return `planted ${kind}`.replaceAll(/[^a-z]+/gi, '-') + word();
}

const word = () => randomBytes(8).toString('hex');

/** With a check digit that fits, as real ones have. */
function cardNumber() {
  const digits = `400000${String(randomBytes(6).readUIntBE(0, 6)).padStart(15, '7').slice(0, 9)}`;
  const sum = [...digits]
    .reverse()
    .map((digit, place) => (place % 2 === 0 ? Number(digit) * 2 : Number(digit)))
    .reduce((total, value) => total + (value > 9 ? value - 9 : value), 0);
  return `${digits}${(10 - (sum % 10)) % 10}`;
}
