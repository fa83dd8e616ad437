import { AdminError } from '../admin-error.ts';

/** Work in turn: so much at a time, so much waiting, and no more. */
export interface Turns {
  /** Throws ERR_ADMIN_BUSY when too much waits already, or when `signal` aborts before the turn comes. */
  run<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T>;
}

export function turns(maxConcurrent: number, maxQueued: number): Turns {
  const waiting = new Set<() => void>();
  let running = 0;

  const myTurn = (signal: AbortSignal) =>
    new Promise<void>((resolve, reject) => {
      const go = () => {
        signal.removeEventListener('abort', giveUp);
        resolve();
      };
      const giveUp = () => {
        waiting.delete(go);
        reject(busy());
      };
      waiting.add(go);
      signal.addEventListener('abort', giveUp, { once: true });
    });

  return {
    async run(work, signal) {
      if (running < maxConcurrent) running += 1;
      else if (waiting.size >= maxQueued) throw busy();
      // Whoever ends hands its place over: `running` stays as it is.
      else await myTurn(signal);
      try {
        return await work();
      } finally {
        const [next] = waiting;
        if (next === undefined) running -= 1;
        else {
          waiting.delete(next);
          next();
        }
      }
    },
  };
}

export const busy = (): AdminError =>
  new AdminError(
    'ERR_ADMIN_BUSY',
    'Too many questions wait for an answer.',
    'Wait a moment: the page tries again by itself.',
    { retryAfter: 2 },
  );
