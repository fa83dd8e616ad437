const LONGEST = 600;

/** Makes a text fit to be shown: known secrets and control characters (which steer a terminal) go, and what is too long is cut. */
export function redact(text: string, secrets: readonly string[]): string {
  let shown = text;
  for (const secret of secrets) shown = shown.replaceAll(secret, '[redacted]');
  shown = shown
    .replaceAll(/(\w+:\/\/)[^\s/@]+@/g, '$1[redacted]@')
    .replaceAll(/\p{Cc}|\p{Cf}/gu, ' ')
    .trim();
  return shown.length > LONGEST ? `${shown.slice(0, LONGEST)}...` : shown;
}

const NAMED_SECRET =
  /(?<!CLIENT)_KEY$|HEADERS|TOKEN|SECRET|PASSWORD|PASSWD|API_?KEY|CREDENTIAL|LICENSE_KEY/i;
/** Shorter ones are words that stand in any text. */
const SHORTEST = 6;

/**
 * What may be secret in these variables and addresses: values named so, values of headers, what stands before the @ of an address. A secret that is a word
 * of `vocabulary` is left out: a hole in a sentence that everybody knows would tell it.
 */
export function secretsIn(
  env: Readonly<Record<string, string | undefined>>,
  addresses: readonly string[],
  vocabulary = '',
): readonly string[] {
  const found = new Set<string>();
  const add = (value: string | undefined) => {
    if (value === undefined || value.length < SHORTEST || vocabulary.includes(value)) return;
    found.add(value);
    try {
      found.add(decodeURIComponent(value));
    } catch {
      // Not percent-encoded.
    }
  };
  for (const [name, value = ''] of Object.entries(env)) {
    if (NAMED_SECRET.test(name)) {
      add(value);
      if (!name.endsWith('_HEADERS')) continue;
      for (const pair of value.split(',')) {
        const text = pair.slice(pair.indexOf('=') + 1).trim();
        add(text);
        // "Bearer abc": the token alone, too.
        add(decoded(text).split(' ').at(-1));
      }
    }
    if (value.includes('://')) addCredentials(value);
  }
  for (const address of addresses) addCredentials(address);
  // The longest first: a secret may hold another one.
  return [...found].sort((a, b) => b.length - a.length);

  function addCredentials(address: string) {
    const url = URL.parse(address);
    if (url === null) return;
    add(url.password);
    if (url.password !== '') {
      const credentials = `${decoded(url.username)}:${decoded(url.password)}`;
      add(Buffer.from(credentials).toString('base64'));
    }
    for (const value of url.searchParams.values()) add(value);
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
