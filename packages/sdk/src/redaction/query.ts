import { isSecretName } from './secret-names.ts';

/** What stands in place of a value, as semantic conventions write it. */
export const REDACTED = 'REDACTED';

/** What a parameter may be called; a longer or stranger name may itself be the secret. */
const plainName = /^(?:[\w.~-]|\[|\]|%5[BbDd]){1,64}$/;

/** Gives a query (without `?`) with the values hidden that must not leave. */
export type QueryRedactor = (query: string) => string;

/**
 * Hides every value of a query but those of the parameters that are allowed; names stay, so that one sees what was asked. `*` allows all that are not
 * called like a secret. Semantic conventions name only the signatures of cloud storage as what must be hidden: an address may hold
 * whatever a form sends.
 *
 * @see https://opentelemetry.io/docs/specs/semconv/registry/attributes/url/#url-query
 * @example
 * queryRedactor(['page'])('page=2&email=a%40b.c'); // page=2&email=REDACTED
 */
export function queryRedactor(allowed: readonly string[]): QueryRedactor {
  const names = new Set(allowed);
  const all = names.has('*');
  const parameter = (text: string) => {
    const equals = text.indexOf('=');
    const name = equals === -1 ? text : text.slice(0, equals);
    if (names.has(name) || (all && !isSecretName(name))) return text;
    if (equals === -1) return text === '' ? '' : REDACTED;
    return `${plainName.test(name) ? name : REDACTED}=${REDACTED}`;
  };
  return (query) => query.split('&').map(parameter).join('&');
}

/** Hides every value. */
export const hideQuery = queryRedactor([]);
