import { CliError } from '../cli-error.ts';
import type { Context } from '../context.ts';
import { deferred } from '../deferred.ts';
import type { PortName } from '../stack/ports.ts';
import type { ServiceName } from '../stack/service-names.ts';
import { describeExit } from '../stack/service-process.ts';
import { startStack } from '../stack/start-stack.ts';
import type { ServiceState } from '../stack/state-file.ts';
import { renderStatus } from './render-status.ts';
import { progressView } from './show-progress.ts';

export interface StackUpOptions {
  readonly dataDir: string;
  readonly ports: Readonly<Partial<Record<PortName, number>>>;
  readonly services: readonly ServiceName[];
  readonly rulesFolder?: string;
  readonly backups: boolean;
  readonly detach: boolean;
  readonly json: boolean;
}

/**
 * Starts the stack. In front: waits for Ctrl-C or `down`, and returns 1 when a server ended by itself, after the others have
 * been stopped. Detached: returns when all is ready.
 */
export async function stackUp(context: Context, options: StackUpOptions): Promise<number> {
  const { dataDir, ports, services, rulesFolder, backups, detach, json } = options;
  const interrupted = new AbortController();
  const forget = context.onStopSignal(() => interrupted.abort(new Error('interrupted')));
  const crash = deferred<ServiceState>();
  const drawn = { ...context, interactive: context.interactive && !json };
  const view = progressView(drawn, services);
  try {
    const stack = await startStack({
      ...{ dataDir, ports, services, backups, context },
      ...(rulesFolder !== undefined && { rulesFolder }),
      signal: interrupted.signal,
      onProgress: (progress) => view.show(progress),
      onServiceExit: (service) => crash.resolve(service),
    }).finally(() => view.finish());
    const status = stack.status();
    context.out(json ? JSON.stringify(status) : renderStatus(status));
    if (detach) {
      stack.detach();
      return 0;
    }
    if (!json) context.err('Ctrl-C stops it.');
    const stopAsked = new Promise<'interrupted'>((asked) => {
      if (interrupted.signal.aborted) asked('interrupted');
      interrupted.signal.addEventListener('abort', () => asked('interrupted'));
    });
    const why = await Promise.race([stack.ended, crash.promise, stopAsked]);
    await stack.stop();
    if (typeof why === 'object') throw serverExited(why);
    if (why !== 'crashed') return 0;
    throw new CliError(
      'ERR_SUPERVISOR',
      `Expected the stack's supervisor to run, got its end; its log: ${stack.logs('supervisor', 5).join('\n')}`,
    );
  } catch (error) {
    if (interrupted.signal.aborted && !(error instanceof CliError)) return 130;
    throw error;
  } finally {
    forget();
  }
}

function serverExited({ name, exit }: ServiceState): CliError {
  const how = exit === undefined ? 'its end' : describeExit(exit);
  return new CliError(
    'ERR_SERVER_EXITED',
    [
      `Expected ${name} to run, got ${how}; the stack was stopped. Its log ends:`,
      ...(exit?.lastLines ?? []),
    ].join('\n  '),
  );
}
