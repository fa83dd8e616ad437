import type { Tracer } from '@opentelemetry/api';
import { undoAll } from './db-wrap-method.ts';
import type { InstrumentationEnvironment, Undo } from './environment.ts';
import { patchPgPool } from './pg-pool.ts';
import { patchPgClient } from './pg-query.ts';

/**
 * Spans and durations of statements of `pg` 8, and what its pools do. Prisma reaches it through `@prisma/adapter-pg`.
 *
 * Not upstream's instrumentation: that one gives a statement the context of the connection when there is no active
 * span, so another tenant's; shows literals; and adds several pools up in one counter.
 */
export function instrumentPg(env: InstrumentationEnvironment): Undo {
  const tracer = env.tracer('@bellwether/sdk/pg');
  const undos: Undo[] = [];
  env.onModuleLoad({ name: 'pg', versions: '>=8.0.3 <9' }, (exports) => {
    undos.push(patchLibrary(exports as Pg, tracer));
  });
  env.onModuleLoad({ name: 'pg-pool', versions: '>=3 <4' }, (exports) => {
    undos.push(patchPgPool(poolClass(exports).prototype));
  });
  return () => undoAll(undos)();
}

interface Class {
  readonly prototype: object;
}

interface Pg {
  readonly Client: Class;
}

/** `import` finds a module of its own around the CommonJS one, with the same class. */
function patchLibrary({ Client }: Pg, tracer: Tracer): Undo {
  return patchPgClient(Client.prototype, tracer);
}

function poolClass(exports: unknown): Class {
  return typeof exports === 'function' ? exports : (exports as { readonly default: Class }).default;
}
