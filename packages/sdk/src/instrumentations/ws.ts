import { loadNow } from '../load-now.ts';
import { undoAll } from './db-wrap-method.ts';
import type { InstrumentationEnvironment, Undo } from './environment.ts';

/**
 * Sockets of the `ws` 8 servers of this process: what listens to one (`message`, `close`, `ping` ...) runs as the tenant that was named
 * when the connection was made, or later on the same socket, and every message has a span, in a trace of its own that is
 * linked to the request for the connection. `ws` calls listeners from the connection, which belongs to nobody.
 *
 * How many sockets are open and what is said on them is an application's to count: `messaging` in `@bellwether/meters/presets`.
 */
export function instrumentWs(env: InstrumentationEnvironment): Undo {
  const tracer = env.tracer('@bellwether/sdk/ws');
  const undos: Undo[] = [];
  const seen = new WeakSet<object>();
  env.onModuleLoad({ name: 'ws', versions: '>=8 <9' }, (exports) => {
    const { prototype } = webSocketOf(exports);
    if (seen.has(prototype)) return;
    seen.add(prototype);
    const { patchWebSocket } = loadNow(() => import('./ws-sockets.ts'));
    undos.push(patchWebSocket(prototype, tracer));
  });
  return () => undoAll(undos)();
}

/** `require` gives the class itself, `import` a module with the class by its name. */
function webSocketOf(exports: unknown): { readonly prototype: object } {
  const { WebSocket } = exports as { readonly WebSocket?: { readonly prototype: object } };
  return WebSocket ?? (exports as { readonly prototype: object });
}
