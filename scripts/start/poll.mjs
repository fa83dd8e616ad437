import { setTimeout as wait } from 'node:timers/promises';

const everyMs = 250;

/** Asks until it is done, the time is over or the signal is given; says whether it was done. */
export async function poll(seconds, signal, done) {
  const deadline = performance.now() + seconds * 1000;
  while (!(await done())) {
    if (performance.now() > deadline || signal.aborted) return false;
    await wait(everyMs);
  }
  return true;
}
