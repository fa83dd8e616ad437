import { constants } from 'node:os';
import type { Undo } from '../instrumentations/environment.ts';

const SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;
/** A terminal and npm both hand Ctrl-C on, and PM2 signals a whole tree: within this time a second signal is the first one again. */
const SAME_MS = 500;
/** Long enough for a signal that we send ourselves to arrive. */
const DELIVERY_MS = 200;

/**
 * Flushes on SIGTERM, SIGINT and SIGHUP and leaves the end of the process to whom it belongs.
 *
 * With handlers of the application, these run first and decide; we flush and never exit. Without, the process dies by the same signal
 * after the flush, as it would have at once; a second signal ends it at once.
 */
export function flushOnSignals(flush: (hold: boolean) => Promise<unknown>): {
  readonly undo: Undo;
  /** Whether the process ends because of a signal, after the flush. */
  readonly isDying: () => boolean;
} {
  let endingSince: number | undefined;
  let dying = false;
  const die = (signal: NodeJS.Signals) => {
    dying = true;
    undo();
    dieBy(signal);
  };
  // A handler by `once` that stands before ours is off the list when ours runs.
  const justGone = new Set<unknown>();
  const onRemoved = (event: unknown) => {
    justGone.add(event);
    queueMicrotask(() => justGone.delete(event));
  };
  process.on('removeListener', onRemoved);
  const listeners = SIGNALS.map((signal) => {
    const listener = () => {
      if (endingSince !== undefined) {
        if (performance.now() - endingSince > SAME_MS) die(signal);
      } else if (justGone.has(signal) || hasOtherHandlers(signal, listener)) {
        setImmediate(() => void flush(false));
      } else {
        endingSince = performance.now();
        void flush(true).finally(() => die(signal));
      }
    };
    process.on(signal, listener);
    return [signal, listener] as const;
  });
  const undo = () => {
    process.off('removeListener', onRemoved);
    for (const [signal, listener] of listeners) process.off(signal, listener);
  };
  return { undo, isDying: () => dying };
}

function hasOtherHandlers(signal: NodeJS.Signals, own: () => void): boolean {
  const others = process.listeners(signal).filter((listener) => listener !== own);
  return others.length > passiveHandlers();
}

/**
 * The package signal-exit (in many command-line tools) has a handler that leaves the end of the process to others when
 * there are others, and counts them. Its place is a global symbol in version 4 and a property of process in version 3.
 */
function passiveHandlers(): number {
  const emitters = [
    Reflect.get(globalThis, Symbol.for('signal-exit emitter')),
    Reflect.get(process, '__signal_exit_emitter__'),
  ];
  return emitters.reduce<number>((sum, emitter) => sum + (Number(emitter?.count) || 0), 0);
}

/** As PID 1 of a container the kernel drops a signal without a handler, so the exit code has to say it. */
function dieBy(signal: NodeJS.Signals): void {
  process.kill(process.pid, signal);
  setTimeout(() => process.exit(128 + constants.signals[signal]), DELIVERY_MS);
}
