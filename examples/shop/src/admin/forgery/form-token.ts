import { createHash } from 'node:crypto';
import { sameText } from '../../http/same-text.ts';

/** What a form of ours holds and a forged one can not know: it follows from the secret in the cookie, and does not give it away. */
export function formToken(secret: string): string {
  return createHash('sha256').update(`form token of ${secret}`).digest('base64url');
}

export function isFormToken(given: string, secret: string | undefined): boolean {
  return secret !== undefined && sameText(given, formToken(secret));
}
