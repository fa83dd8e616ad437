import { setTimeout as wait } from 'node:timers/promises';

/** Gives out the right to send one request, so many a second, until the time is over. */
export interface Pacer {
  /** False when the time is over, or `signal` was aborted: send nothing more. */
  next(): Promise<boolean>;
}

/** The n-th request is due at n / rate seconds, whoever sends it. Not more than rate x duration are ever given out. */
export function createPacer(
  ratePerSecond: number,
  durationSeconds: number,
  signal: AbortSignal | undefined,
): Pacer {
  const began = performance.now();
  const limit = Math.floor(ratePerSecond * durationSeconds);
  let given = 0;
  return {
    next: async () => {
      if (given >= limit || signal?.aborted) return false;
      const due = began + (given * 1_000) / ratePerSecond;
      given += 1;
      const early = due - performance.now();
      if (early > 0) await wait(early, undefined, signal && { signal }).catch(() => undefined);
      return !signal?.aborted && performance.now() - began < durationSeconds * 1_000;
    },
  };
}
