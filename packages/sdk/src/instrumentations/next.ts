import { loadNow } from '../load-now.ts';
import { undoAll } from './db-wrap-method.ts';
import type { InstrumentationEnvironment, Undo } from './environment.ts';

/**
 * Gives every request that a server of Next.js answers its `http.route`: the file's place in `app/` or `pages/`
 * (`/users/[id]`). Next.js has it in the spans of its own that it starts on the way, also where they are not sampled.
 *
 * @see https://nextjs.org/docs/app/guides/open-telemetry
 */
export function instrumentNext(env: InstrumentationEnvironment): Undo {
  const undos: Undo[] = [];
  const target = { name: 'next', versions: '>=15 <17', file: 'dist/server/lib/trace/tracer.js' };
  env.onModuleLoad(target, (exports) => {
    const { patchNextTracing } = loadNow(() => import('./next-tracing.ts'));
    undos.push(patchNextTracing(exports));
  });
  return () => undoAll(undos)();
}
