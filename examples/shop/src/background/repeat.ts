import type { Logger } from 'pino';

/** Milliseconds. */
const pauseMs = 5_000;

/** Work that is done again and again, never twice at the same time. */
export interface Repeated {
  /** Waits for what is being done. */
  stop(): Promise<void>;
}

/** Starts at once. What fails is logged and tried again after the pause. */
export function repeat(name: string, log: Logger, work: () => Promise<void>): Repeated {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let running = Promise.resolve();
  const once = () => {
    running = work()
      .catch((error: unknown) => log.warn({ err: error }, `${name} failed; it is tried again`))
      .then(() => {
        if (!stopped) timer = setTimeout(once, pauseMs).unref();
      });
  };
  once();
  return {
    stop: () => {
      stopped = true;
      clearTimeout(timer);
      return running;
    },
  };
}
