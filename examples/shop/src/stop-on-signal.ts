import type { Server } from 'node:http';
import type { Logger } from 'pino';
import { closable } from './close-server.ts';

/** Milliseconds: under the ten seconds that `docker stop` waits, with room for the telemetry's flush. */
const deadline = 7_000;

/**
 * On SIGTERM or SIGINT: takes no new connections, finishes the open requests, releases what they used, and lets the process
 * end by itself. After the deadline, or at a second signal, it ends at once with code 1.
 */
export function stopOnSignal({
  server,
  log,
  release,
}: {
  readonly server: Server;
  readonly log: Logger;
  readonly release: () => Promise<void>;
}): void {
  const close = closable(server);
  let stopping = false;
  const stop = (signal: NodeJS.Signals) => {
    if (stopping) process.exit(1);
    stopping = true;
    log.info({ signal }, 'stopping');
    setTimeout(() => {
      log.error('Expected the open requests to end in time, got none of it; leaving');
      process.exit(1);
    }, deadline).unref();
    close()
      .then(release)
      .then(
        () => log.info('stopped'),
        (error: unknown) => {
          log.error({ err: error }, 'stopped with an error');
          process.exitCode = 1;
        },
      );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}
