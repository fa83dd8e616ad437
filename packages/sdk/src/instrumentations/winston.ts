import { loadNow } from '../load-now.ts';
import { undoAll, wrapMethod } from './db-wrap-method.ts';
import type { InstrumentationEnvironment, Undo } from './environment.ts';
import { guard } from './guard.ts';
import type { WinstonLogger } from './winston-transport.ts';

/**
 * Sends the records of winston 3 by OpenTelemetry's logs, by a transport of its own beside those of the application: upstream's needs a package that
 * the application would have to install.
 */
export function instrumentWinston(env: InstrumentationEnvironment): Undo {
  const undos: Undo[] = [];
  const add = guard('adding a transport to winston', (to: WinstonLogger) => {
    loadNow(() => import('./winston-transport.ts')).addOtelTransport(to);
  });
  const target = { name: 'winston', versions: '>=3 <4', file: 'lib/winston/logger.js' };
  env.onModuleLoad(target, (exports) => {
    const { prototype } = exports as { readonly prototype: object };
    undos.push(
      wrapMethod(
        prototype,
        'configure',
        (original) =>
          function configureAndAdd(this: object, ...args) {
            const answer = Reflect.apply(original, this, args);
            add(this as WinstonLogger);
            return answer;
          },
      ),
    );
  });
  return undoAll(undos);
}
