const word = /^[\w.:-]{1,50}$/;

/** A short name of bounded variety for an error that did not come from the server: its code, else its class. */
export function dbErrorType(error: unknown): string {
  if (typeof error !== 'object' || error === null) return '_OTHER';
  try {
    const { code } = error as { code?: unknown };
    if (isWord(code)) return code;
    const name: unknown = error.constructor?.name;
    return isWord(name) ? name : '_OTHER';
  } catch {
    // An error that throws when it is looked at.
    return '_OTHER';
  }
}

function isWord(text: unknown): text is string {
  return typeof text === 'string' && word.test(text);
}
