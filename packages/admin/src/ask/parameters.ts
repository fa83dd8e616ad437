import type { Request } from 'express';
import { AdminError, badParameter } from '../admin-error.ts';

/** Longest query string. */
const MAX_LENGTH = 2_048;

/**
 * The parameters of a request's query string, each at most once and only those that are known. Express' own reading makes objects and
 * arrays of what a browser sends: this makes strings or ERR_ADMIN_PARAMETER.
 */
export function readParameters<Name extends string>(
  request: Request,
  known: readonly Name[],
): Partial<Readonly<Record<Name, string>>> {
  const at = request.url.indexOf('?');
  const text = at < 0 ? '' : request.url.slice(at + 1);
  if (text.length > MAX_LENGTH)
    throw badParameter('the query string', `at most ${MAX_LENGTH} characters long`);
  const found = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(text)) {
    if (!known.some((one) => one === name))
      throw badParameter('every parameter', `one of ${known.join(', ') || 'none'}`);
    if (found.has(name)) throw badParameter(name, 'given once');
    // A filter that nobody set.
    if (value !== '') found.set(name, value);
  }
  return Object.fromEntries(found) as Partial<Record<Name, string>>;
}

/** A number from `least` to `most`, or the fallback. */
export function readNumber(
  name: string,
  text: string | undefined,
  { least, most, fallback }: { least: number; most: number; fallback: number },
): number {
  if (text === undefined) return fallback;
  if (!/^-?\d{1,15}(\.\d{1,6})?$/.test(text) || Number(text) < least || Number(text) > most)
    throw badParameter(name, `a number from ${least} to ${most}`);
  return Number(text);
}

/** What names of environments, services and routes are made of: `GET /products/{id}`, `@scope/name`, `*`. */
const NAME = /^[\p{L}\p{N} ._:/@*{}()<>?+$~^|[\]-]{1,200}$/u;

/** Allowed characters only; what is special in a string literal of PromQL is not among them, and escaped all the same. */
export function readName(name: string, text: string | undefined): string | undefined {
  if (text === undefined || NAME.test(text)) return text;
  throw badParameter(name, 'a name of at most 200 letters, digits and the signs of routes');
}

export const badTenant = (why: string): AdminError =>
  new AdminError('ERR_ADMIN_TENANT', why, 'Leave the tenant out of the address.');
