const quietSeconds = 10;

/**
 * One line per step that is done or failed, and one when a step says something new while it takes its time. What ends because of the signal
 * has not failed.
 */
export function progressLines(say, signal) {
  const told = new Map();
  return ({ step, state, message }) => {
    if (state === 'failed' && signal?.aborted) return;
    const now = performance.now();
    const since = told.get(step) ?? now;
    told.set(step, since);
    const slow =
      now - since > quietSeconds * 1000 || /building|installing|waiting|downloading/.test(message);
    if (state !== 'skipped' && (state === 'running' ? !slow : step.startsWith('prepare'))) return;
    say(`  ${message}`);
  };
}
