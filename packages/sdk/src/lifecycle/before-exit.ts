import type { Undo } from '../instrumentations/environment.ts';

/**
 * Flushes when the event loop is empty. The flush itself empties the loop again, which is then left alone, so that the
 * process ends with the exit code that it had.
 */
export function flushBeforeExit(flush: () => Promise<void>): Undo {
  let flushed = false;
  const listener = () => {
    if (flushed) {
      flushed = false;
      return;
    }
    flushed = true;
    void flush();
  };
  process.on('beforeExit', listener);
  return () => process.off('beforeExit', listener);
}
