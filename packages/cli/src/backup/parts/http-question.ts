import { CliError, type CliErrorCode } from '../../cli-error.ts';

interface Question {
  readonly method?: 'GET' | 'POST' | 'DELETE';
  readonly token?: string;
  readonly body?: unknown;
  readonly timeoutMs?: number;
}

/**
 * Asks a server of the stack; its answer as JSON, or as it is where it is none.
 * Throws the code with what it said.
 */
export async function ask(
  code: CliErrorCode,
  who: string,
  url: string,
  { method = 'GET', token, body, timeoutMs = 30_000 }: Question = {},
): Promise<unknown> {
  let status: number;
  let text: string;
  try {
    const answer = await fetch(url, {
      method,
      headers: {
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(timeoutMs),
    });
    status = answer.status;
    text = await answer.text();
  } catch (error) {
    const { cause, message } = error as Error;
    const why = cause instanceof Error ? cause.message : message;
    throw new CliError(code, `Expected ${who} to answer at ${new URL(url).origin}, got ${why}.`, {
      cause: error,
    });
  }
  if (status === 401 || status === 403) {
    throw new CliError(
      code,
      `Expected ${who} to let us in, got ${status}; ${code === 'ERR_PROMETHEUS_ADMIN' ? 'name the file with its token by --prometheus-token-file' : 'name an address that needs no password'}.`,
    );
  }
  if (status < 200 || status > 299) {
    throw new CliError(
      code,
      `Expected ${who} to do ${method} ${new URL(url).pathname}, got ${status}: ${text.trim().slice(0, 300)}`,
    );
  }
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
