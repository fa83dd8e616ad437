import { setTimeout as wait } from 'node:timers/promises';

/** Tries in the time after which it counts as gone. */
const TRIES = 5;

/**
 * Resolves when nothing has listened at the address for `afterMs`, or at the signal. A server that is slow, or says that it is not ready, is there.
 */
export async function upstreamGone(
  upstream: URL,
  afterMs: number,
  signal: AbortSignal,
): Promise<void> {
  let seen = performance.now();
  while (!signal.aborted && performance.now() - seen < afterMs) {
    await wait(afterMs / TRIES, undefined, { signal }).catch(() => {});
    if (!(await isRefused(upstream))) seen = performance.now();
  }
}

async function isRefused(upstream: URL): Promise<boolean> {
  try {
    const answer = await fetch(new URL('/-/healthy', upstream), {
      signal: AbortSignal.timeout(10_000),
    });
    await answer.body?.cancel();
    return false;
  } catch (error) {
    return ((error as Error).cause as NodeJS.ErrnoException | undefined)?.code === 'ECONNREFUSED';
  }
}
