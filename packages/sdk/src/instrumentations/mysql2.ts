import { loadNow } from '../load-now.ts';
import { undoAll } from './db-wrap-method.ts';
import type { InstrumentationEnvironment, Undo } from './environment.ts';
import { measureMysql2Channels } from './mysql2-channels.ts';

/**
 * Spans and durations of statements of `mysql2` 2 and 3, a driver of MySQL and MariaDB, and what its pools do. Statements that are prepared
 * by hand have neither.
 *
 * mysql2 has channels from 3.20 on, but a callback and a statement that waited in a pool have lost their caller by then, and whoever
 * listens there handles errors that the application does not. So its methods are patched, and the channels serve only where they cannot be, as in a bundle.
 */
export function instrumentMysql2(env: InstrumentationEnvironment): Undo {
  const tracer = env.tracer('@bellwether/sdk/mysql2');
  const stopChannels = measureMysql2Channels(tracer);
  const undos: Undo[] = [stopChannels];
  // The classes moved in 3.11.5.
  const places = [
    { versions: '>=2 <3.11.5', folder: 'lib' },
    { versions: '>=3.11.5 <4', folder: 'lib/base' },
  ];
  for (const { versions, folder } of places) {
    const on = (file: string, patch: (prototype: object) => Undo) =>
      env.onModuleLoad({ name: 'mysql2', versions, file: `${folder}/${file}` }, (exports) => {
        stopChannels();
        undos.push(patch((exports as { readonly prototype: object }).prototype));
      });
    on('connection.js', (prototype) => {
      const { patchMysql2Connection } = loadNow(() => import('./mysql2-connection.ts'));
      return patchMysql2Connection(prototype, tracer);
    });
    on('pool.js', (prototype) => {
      const { patchMysql2Pool } = loadNow(() => import('./mysql2-pool.ts'));
      return patchMysql2Pool(prototype);
    });
  }
  return () => undoAll(undos)();
}
