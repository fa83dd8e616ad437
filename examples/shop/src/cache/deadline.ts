/** Runs what must not take long. Rejects when it fails, takes too long, or something took too long just before. */
export type Deadline = <T>(run: () => Promise<T>) => Promise<T>;

interface Options {
  /** Milliseconds. A cache that is slower than the database is none. Default 500. */
  readonly timeoutMs?: number;
  /** Milliseconds after a time-out in which nothing is tried, so that a hung server does not slow every request. Default 1,000. */
  readonly restMs?: number;
  readonly now?: () => number;
}

/** A client's own time-out ends with the writing of a command; this one covers the answer. */
export function createDeadline({
  timeoutMs = 500,
  restMs = 1_000,
  now = () => performance.now(),
}: Options = {}): Deadline {
  let restUntil = Number.NEGATIVE_INFINITY;
  return async (run) => {
    if (now() < restUntil) throw new Error('Expected an answer in time, got none just before');
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        restUntil = now() + restMs;
        reject(new Error(`Expected an answer within ${timeoutMs} ms, got none`));
      }, timeoutMs);
    });
    try {
      return await Promise.race([run(), late]);
    } finally {
      clearTimeout(timer);
    }
  };
}
