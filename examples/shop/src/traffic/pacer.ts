import { setTimeout as wait } from 'node:timers/promises';

/** Gives out the right to send one request, so many a second, until the time is over. */
export interface Pacer {
  /** False when the time is over, or `signal` was aborted: send nothing more. */
  next(): Promise<boolean>;
}

interface Clock {
  /** Milliseconds from any origin. */
  readonly now: () => number;
  /** Fulfilled after so many milliseconds, or at once when the signal is aborted. */
  readonly sleep: (ms: number, signal: AbortSignal | undefined) => Promise<unknown>;
}

const realClock: Clock = {
  now: () => performance.now(),
  sleep: (ms, signal) => wait(ms, undefined, signal && { signal }).catch(() => undefined),
};

/** The n-th request is due at n / rate seconds, whoever sends it. Not more than rate x duration are ever given out. */
export function createPacer(
  ratePerSecond: number,
  durationSeconds: number,
  signal: AbortSignal | undefined,
  { now, sleep }: Clock = realClock,
): Pacer {
  const began = now();
  const limit = Math.floor(ratePerSecond * durationSeconds);
  let given = 0;
  return {
    next: async () => {
      if (given >= limit || signal?.aborted) return false;
      const due = began + (given * 1_000) / ratePerSecond;
      given += 1;
      const early = due - now();
      if (early > 0) await sleep(early, signal);
      return !signal?.aborted && now() - began < durationSeconds * 1_000;
    },
  };
}
