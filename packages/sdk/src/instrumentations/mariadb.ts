import { loadNow } from '../load-now.ts';
import { undoAll } from './db-wrap-method.ts';
import type { InstrumentationEnvironment, Undo } from './environment.ts';

/**
 * Spans and durations of statements of `mariadb` 3, the driver of MariaDB and MySQL, and what its pools do. Prisma reaches it through
 * `@prisma/adapter-mariadb`. Statements that are streamed, prepared by hand or given to
 * `mariadb/callback` have neither.
 */
export function instrumentMariadb(env: InstrumentationEnvironment): Undo {
  const tracer = env.tracer('@bellwether/sdk/mariadb');
  const undos: Undo[] = [];
  env.onModuleLoad(
    { name: 'mariadb', versions: '>=3 <4', file: 'lib/connection.js' },
    (exports) => {
      const { patchConnection } = loadNow(() => import('./mariadb-connection.ts'));
      undos.push(patchConnection((exports as Class).prototype, tracer));
    },
  );
  env.onModuleLoad({ name: 'mariadb', versions: '>=3 <4', file: 'lib/pool.js' }, (exports) => {
    const { patchMariadbPool } = loadNow(() => import('./mariadb-pool.ts'));
    undos.push(patchMariadbPool((exports as Class).prototype));
  });
  return () => undoAll(undos)();
}

interface Class {
  readonly prototype: object;
}
