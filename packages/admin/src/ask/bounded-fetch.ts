import { AdminError, type AdminErrorCode } from '../admin-error.ts';

export type Backend = 'PROMETHEUS' | 'ALERTMANAGER';

export interface BackendRequest {
  readonly backend: Backend;
  readonly url: string;
  readonly method?: 'GET' | 'POST' | 'DELETE';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: URLSearchParams | string;
  readonly maxBytes: number;
  readonly signal: AbortSignal;
}

export interface BackendAnswer {
  readonly status: number;
  /** Undefined when it was no JSON. */
  readonly json: unknown;
  /** Seconds by which the server's clock is ahead of ours, as far as whole seconds tell. */
  readonly ahead: number;
}

const names = { PROMETHEUS: 'Prometheus', ALERTMANAGER: 'Alertmanager' } as const;

/** An error of a backend; `DOWN`, `SLOW`, ... is the end of its code. */
export function backendError(
  backend: Backend,
  what: 'DOWN' | 'SLOW' | 'REFUSED' | 'FAILED' | 'RUBBISH',
  cause?: unknown,
): AdminError {
  const name = names[backend];
  const texts = {
    DOWN: [`${name} does not answer.`, 'Wait a moment: the page tries again by itself.'],
    SLOW: [`${name} took too long to answer.`, 'Ask for a shorter time range.'],
    REFUSED: [`${name} refused the question.`, 'Ask for a shorter time range, or see its log.'],
    FAILED: [`${name} answered with an error of its own.`, 'See its log.'],
    RUBBISH: [`What answered is no ${name}.`, 'Check the address that the application was given.'],
  } as const;
  const [message, hint] = texts[what];
  const code: AdminErrorCode = `ERR_ADMIN_${backend}_${what}`;
  return new AdminError(code, message, hint, { cause, ...(what === 'DOWN' && { retryAfter: 5 }) });
}

/**
 * Asks a server of the stack. No header of a browser ever gets here, redirects are not followed, and no more than `maxBytes` are read.
 * Throws `ERR_ADMIN_<backend>_DOWN` and `_SLOW`, ERR_ADMIN_TOO_LARGE.
 */
export async function boundedFetch(request: BackendRequest): Promise<BackendAnswer> {
  const { backend, url, method = 'GET', headers, body, maxBytes, signal } = request;
  try {
    const response = await fetch(url, {
      method,
      redirect: 'manual',
      signal,
      headers: { accept: 'application/json', ...headers },
      ...(body !== undefined && { body }),
    });
    const date = Date.parse(response.headers.get('date') ?? '');
    const ahead = Number.isNaN(date) ? 0 : (date - Date.now()) / 1000;
    const text = await readText(response, maxBytes);
    return { status: response.status, json: parse(text), ahead };
  } catch (error) {
    if (error instanceof AdminError) throw error;
    if (signal.aborted) throw backendError(backend, 'SLOW', error);
    throw backendError(backend, 'DOWN', error);
  }
}

async function readText(response: Response, maxBytes: number): Promise<string> {
  if (response.body === null) return '';
  const chunks: Uint8Array[] = [];
  let size = 0;
  // Leaving the loop by an exception cancels the body, which closes the connection.
  for await (const chunk of response.body) {
    size += chunk.byteLength;
    if (size > maxBytes) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

export const tooLarge = (): AdminError =>
  new AdminError(
    'ERR_ADMIN_TOO_LARGE',
    'The answer is larger than this page can show.',
    'Ask for a shorter time range, or choose a service or an environment.',
  );

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
