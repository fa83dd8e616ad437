import { createHash, timingSafeEqual } from 'node:crypto';
import type { RequestHandler } from 'express';
import { unauthorized } from '../http/http-problem.ts';
import type { SecretFile } from './secret-file.ts';

/**
 * Lets pass who shows one of the tokens in the file as `Authorization: Bearer`; 401 for everybody else. Throws now when the file
 * holds what cannot be a good token.
 */
export function requireToken(secret: SecretFile, what: string): RequestHandler {
  if (!secret.lines().every((line) => /^\S{16,4096}$/.test(line))) {
    throw new Error(
      `Expected each line of the file of the ${what} to be 16 to 4096 characters without spaces, got another; make one by: openssl rand -hex 32`,
    );
  }
  return (request, _response, next) => {
    const given = /^Bearer ([^\s]{1,4096})$/i.exec(request.get('authorization') ?? '')?.[1];
    if (given === undefined) {
      throw unauthorized(
        'token_missing',
        `Expected Authorization: Bearer <${what}>, got none; set credentials_file in the http_config of the receiver, or the header`,
      );
    }
    const digest = digestOf(given);
    const known = secret.lines().map((line) => timingSafeEqual(digestOf(line), digest));
    if (!known.includes(true)) {
      throw unauthorized(
        'token_unknown',
        `Expected the ${what} of this service, got another; compare the file that the sender reads with ours`,
      );
    }
    next();
  };
}

/** Equal digests of equal length: the time taken says nothing about where two texts differ. */
const digestOf = (text: string) => createHash('sha256').update(text).digest();
