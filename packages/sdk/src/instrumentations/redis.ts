import { loadNow } from '../load-now.ts';
import { undoAll } from './db-wrap-method.ts';
import type { InstrumentationEnvironment, Undo } from './environment.ts';
import { measureRedisChannels } from './redis-channels.ts';

/**
 * Spans and durations of node-redis 4, 5 and 6 (`redis`, `@redis/client`).
 *
 * From 5.12 on it publishes what it does; older versions are patched. The handshake of a connection and subscriptions are
 * not counted.
 */
export function instrumentRedis(env: InstrumentationEnvironment): Undo {
  const tracer = env.tracer('@bellwether/sdk/redis');
  const undos = [measureRedisChannels(tracer)];
  const patch = (versions: string, file: string, apply: (by: Patches, exports: unknown) => Undo) =>
    env.onModuleLoad({ name: '@redis/client', versions, file: `dist/lib/${file}` }, (exports) => {
      undos.push(
        apply(
          loadNow(() => import('./redis-patch.ts')),
          exports,
        ),
      );
    });
  // The `@redis/client` of node-redis 4 is a version 1.
  patch('>=1 <2', 'commander.js', (by, exports) => by.patchRedis4Commander(exports));
  patch('>=1 <2', 'client/index.js', (by, exports) => by.patchRedis4Client(exports, tracer));
  patch('>=1 <2', 'client/commands-queue.js', (by, exports) =>
    by.patchRedis4Queue(exports, tracer),
  );
  patch('>=5 <5.12', 'client/index.js', (by, exports) => by.patchRedis5(exports, tracer));
  return () => undoAll(undos)();
}

type Patches = typeof import('./redis-patch.ts');
