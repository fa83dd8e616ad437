import { ApiProblem, problemOf, unreachable } from './problem.ts';
import { learnServerTime } from './server-clock.ts';

interface Asked {
  readonly method?: 'GET' | 'POST' | 'DELETE';
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/**
 * Asks the server, below the page's own address. The shape is the contract of one release, page and server together.
 *
 * @throws {ApiProblem} for every answer that is not 2xx, and for none.
 */
export async function requestJson<T>(path: string, asked: Asked = {}): Promise<T> {
  const response = await answerTo(path, asked);
  const date = response.headers.get('date');
  if (date !== null) learnServerTime(Date.parse(date) / 1000);
  const body: unknown = await response.json().catch(() => undefined);
  if (!response.ok) throw new ApiProblem(problemOf(response.status, body));
  if (body === undefined && response.status !== 204)
    throw new ApiProblem(problemOf(502, undefined));
  return body as T;
}

async function answerTo(path: string, { method = 'GET', body, headers, signal }: Asked) {
  try {
    return await fetch(`./api/${path}`, {
      method,
      credentials: 'same-origin',
      cache: 'no-store',
      headers: {
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal ? { signal } : {}),
    });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ApiProblem(unreachable());
  }
}

/** `a=1&b=2` of what is set. */
export function parameters(values: Readonly<Record<string, string | number | undefined>>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(values))
    if (value !== undefined && value !== '') query.set(name, String(value));
  return query.toString();
}
