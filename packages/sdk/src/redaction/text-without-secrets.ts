import { cardNumbers, isCardNumber, knownSecrets, mailAddresses } from './known-secrets.ts';
import { hideQuery, REDACTED } from './query.ts';
import { isSecretName } from './secret-names.ts';

const userInfo = /(?<=\/\/)[^\s/]{1,512}@/g;
const addressWithQuery = /(\bhttps?:\/\/[^\s"'<>?#]{1,2048}\?)([^\s"'<>#]+)/g;
const schemes = /\b(Bearer|Basic|Digest|Negotiate)\s{1,4}[\w.~+/=:-]{4,}/gi;
const assignment =
  /(?<![\w.-])([\w.-]{1,64})(\\?["']?\s{0,4}[=:]\s{0,4})(\\?"[^"]*"?|\\?'[^']*'?|[^\s,;&"'}\])]+)/g;
const privateKeys = /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*-----|$)/g;

/**
 * A text that somebody wrote, less what one can tell to be a secret or a person: credentials and queries of addresses, values of what is called a
 * password or a token, private keys, well-known kinds of tokens, card numbers, addresses of mail. A secret that looks like any
 * other word stays: nobody can tell.
 *
 * @param more See {@link isSecretName}.
 * @example
 * textWithoutSecrets('login of a@b.example failed, password=x'); // login of REDACTED failed, password=REDACTED
 */
export function textWithoutSecrets(text: string, more?: ReadonlySet<string>): string {
  return text
    .replace(privateKeys, REDACTED)
    .replace(addressWithQuery, (_, address: string, query: string) => address + hideQuery(query))
    .replace(userInfo, `${REDACTED}:${REDACTED}@`)
    .replace(schemes, `$1 ${REDACTED}`)
    .replace(assignment, (all: string, name: string, between: string, value: string) =>
      isSecretName(name, more) && !schemeFollows(value) ? name + between + hidden(value) : all,
    )
    .replace(knownSecrets, REDACTED)
    .replace(mailAddresses, REDACTED)
    .replace(cardNumbers, (digits) => (isCardNumber(digits) ? REDACTED : digits));
}

/** `Authorization: Bearer REDACTED`: the scheme is no secret, and what follows it is hidden already. */
function schemeFollows(value: string): boolean {
  return /^(?:Bearer|Basic|Digest|Negotiate)$/i.test(value);
}

/** With the quotes that were around it. */
function hidden(value: string): string {
  const quote = /^\\?["']/.exec(value)?.[0] ?? '';
  const closes = quote !== '' && value.length > quote.length && value.endsWith(quote.slice(-1));
  return quote + REDACTED + (closes ? quote : '');
}
