import { setTimeout as wait } from 'node:timers/promises';

export interface PollOptions {
  /** Milliseconds until it gives up. Default 60,000: a machine that runs other tests besides is slow. */
  readonly timeoutMs?: number;
  /** Milliseconds between two asks. Default 20. */
  readonly everyMs?: number;
  /** What was waited for, for the error. */
  readonly message?: string;
}

type Answer<T> = Exclude<T, undefined | null | false | 0 | ''>;

/**
 * Asks `ask` again and again until its answer is truthy, and returns that answer. An ask that throws counts as "not yet".
 * Throws after `timeoutMs` with the last answer or the last error.
 *
 * @example
 * const body = await pollUntil(() => fetch(url).then((answer) => answer.ok && answer.text()), { message: 'the server' });
 */
export async function pollUntil<T>(
  ask: () => T | Promise<T>,
  { timeoutMs = 60_000, everyMs = 20, message = 'the condition' }: PollOptions = {},
): Promise<Answer<T>> {
  const deadline = performance.now() + timeoutMs;
  let last = 'no answer';
  let cause: unknown;
  do {
    const attempt = await within(deadline - performance.now(), ask);
    if (attempt.done) {
      cause = attempt.error;
      last = attempt.error === undefined ? describe(attempt.answer) : String(attempt.error);
      if (attempt.error === undefined && attempt.answer) return attempt.answer as Answer<T>;
    }
    await wait(Math.min(everyMs, Math.max(0, deadline - performance.now())));
  } while (performance.now() < deadline);
  throw new Error(`Expected ${message} within ${timeoutMs} ms, got ${last}`, { cause });
}

type Attempt<T> =
  | { readonly done: true; readonly answer: T; readonly error?: undefined }
  | { readonly done: true; readonly error: unknown; readonly answer?: undefined }
  | { readonly done: false };

/** An ask that hangs must not outlive the deadline either. */
async function within<T>(ms: number, ask: () => T | Promise<T>): Promise<Attempt<T>> {
  const stop = new AbortController();
  const asked = (async (): Promise<Attempt<T>> => {
    try {
      return { done: true, answer: await ask() };
    } catch (error) {
      return { done: true, error: error ?? new Error(`thrown: ${error}`) };
    } finally {
      stop.abort();
    }
  })();
  const late = wait(Math.max(1, ms), { done: false } as const, { signal: stop.signal }).catch(
    () => asked,
  );
  return Promise.race([asked, late]);
}

function describe(answer: unknown): string {
  try {
    const text = JSON.stringify(answer, (_, v) => (typeof v === 'bigint' ? `${v}n` : v));
    return (text ?? String(answer)).slice(0, 2_000);
  } catch {
    return String(answer);
  }
}
