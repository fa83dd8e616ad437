import type { FastifyInstance } from 'fastify';
import type { CommonSettings } from './read-settings.ts';

/** Milliseconds: under the ten seconds that `docker stop` waits, with room for the telemetry's flush. */
const deadline = 7_000;

/**
 * Listens, and says where. On SIGTERM or SIGINT it takes no new requests, finishes those that are open, gives back what they used
 * (`release`), and lets the process end by itself; after the deadline, or at a second signal, it ends at once with code 1.
 */
export async function startService(
  service: FastifyInstance,
  {
    name,
    settings,
    release = async () => {},
  }: {
    readonly name: string;
    readonly settings: Pick<CommonSettings, 'HOST' | 'PORT'>;
    readonly release?: () => Promise<unknown>;
  },
): Promise<void> {
  let stopping = false;
  const stop = (signal: NodeJS.Signals) => {
    if (stopping) process.exit(1);
    stopping = true;
    service.log.info({ signal }, 'stopping');
    setTimeout(() => process.exit(1), deadline).unref();
    service
      .close()
      .then(release)
      .catch((error: unknown) => {
        service.log.error({ err: error }, 'stopped with an error');
        process.exitCode = 1;
      });
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  const address = await service.listen({
    host: settings.HOST,
    port: settings.PORT,
    listenTextResolver: () => 'listening',
  });
  service.log.info(`the ${name} listens on ${address}`);
}
