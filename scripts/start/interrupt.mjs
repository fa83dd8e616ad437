/** What is said where nothing ran yet that could be compared or kept. */
export const stoppedEarly = 'Stopped before everything ran; nothing is left.';

/** Aborts at the first SIGINT, SIGTERM or SIGHUP. */
export function untilInterrupted(say) {
  const interrupted = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      if (interrupted.signal.aborted) return;
      say(`\n${signal}: stopping ...`);
      interrupted.abort();
    });
  }
  return interrupted.signal;
}
