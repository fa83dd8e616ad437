import type { Undo } from '../instrumentations/environment.ts';

/**
 * Flushes when the event loop is empty. The flush itself empties the loop again, which is then left alone, so that the
 * process ends with the exit code that it had.
 */
export function flushBeforeExit(flush: () => Promise<void>): {
  readonly undo: Undo;
  /** Whether nothing can have recorded since the flush. */
  readonly isFlushed: () => boolean;
} {
  let state: 'running' | 'flushing' | 'flushed' = 'running';
  let alone = true;
  const listener = () => {
    // What other listeners start runs beside the flush, which may have passed it by.
    alone &&= process.listenerCount('beforeExit') === 1;
    if (state === 'running') {
      state = 'flushing';
      void flush();
      return;
    }
    state = 'flushed';
    // Runs only when someone gave the loop new work.
    setImmediate(() => {
      state = 'running';
    }).unref();
  };
  process.on('beforeExit', listener);
  return {
    undo: () => process.off('beforeExit', listener),
    isFlushed: () => alone && state === 'flushed',
  };
}
