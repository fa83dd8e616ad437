/** A short name of bounded variety for an error that did not come from the server: its code, else its class. */
export function dbErrorType(error: unknown): string {
  if (typeof error !== 'object' || error === null) return '_OTHER';
  const { code } = error as { code?: unknown };
  if (typeof code === 'string' && code !== '') return code;
  return error.constructor?.name || '_OTHER';
}
