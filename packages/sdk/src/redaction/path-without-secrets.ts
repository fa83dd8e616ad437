// Hot: every path of every request. Bench: ../instrumentations/http-server.bench.ts
import { isCardNumber, knownSecrets, mailAddresses } from './known-secrets.ts';
import { REDACTED } from './query.ts';

/** What a path needs to have for a closer look. */
const suspicious = /@|%40|\d{13}|[\w-]{32}|eyJ|AKIA|_live_|_test_/;
const uuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/**
 * A path whose parts that look like secrets or persons are `REDACTED`: addresses of mail, card numbers, tokens (32 characters and more, with digits
 * and letters, that are no UUID). What else a path says is the application's choice of address, and stays.
 */
export function pathWithoutSecrets(path: string): string {
  return suspicious.test(path) ? path.split('/').map(segment).join('/') : path;
}

function segment(text: string): string {
  return isSecret(text) ? REDACTED : text;
}

function isSecret(text: string): boolean {
  if (text.search(mailAddresses) !== -1 || text.search(knownSecrets) !== -1) return true;
  if (/^\d{13,19}$/.test(text)) return isCardNumber(text);
  return (
    /^[\w~=-]{32,}$/.test(text) && /\d/.test(text) && /[A-Za-z]/.test(text) && !uuid.test(text)
  );
}
