import { freePort } from './free-port.ts';

/** A machine that takes as many ports in a row away is not one with a race. */
const ATTEMPTS = 5;

/**
 * What `start` gives on a free port, for a server that has to be told its port. Where another process took that port before the
 * server listened, it starts again on another one, five times at most. `start` says so by the server's own words in its error
 * ("address already in use"); every other error is passed on.
 *
 * @example
 * const child = await onFreePort((port) => spawnServer(['--port', String(port)]));
 */
export async function onFreePort<T>(start: (port: number) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await start(await freePort());
    } catch (error) {
      if (attempt === ATTEMPTS || !saysTaken(error)) throw error;
    }
  }
}

const saysTaken = (error: unknown) =>
  error instanceof Error && /EADDRINUSE|address already in use/i.test(error.message);
