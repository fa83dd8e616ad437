/** One request to another service of ours. */
export interface Ask {
  readonly method?: 'GET' | 'POST' | 'PUT';
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Milliseconds. Default 10,000. */
  readonly timeoutMs?: number;
}

export interface Answer {
  readonly status: number;
  /** What was JSON; an empty object for everything else. */
  readonly body: Readonly<Record<string, unknown>>;
}

/** Asks another service for JSON. Every status is an answer; it rejects only when there is none. */
export async function ask(
  origin: string,
  path: string,
  { method = 'GET', headers = {}, body, timeoutMs = 10_000 }: Ask = {},
): Promise<Answer> {
  const response = await fetch(`${origin}${path}`, {
    method,
    redirect: 'error',
    headers: { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(timeoutMs),
  });
  return { status: response.status, body: parse(await response.text()) };
}

function parse(text: string): Answer['body'] {
  try {
    const read: unknown = JSON.parse(text);
    return typeof read === 'object' && read !== null ? (read as Answer['body']) : {};
  } catch {
    return {};
  }
}
