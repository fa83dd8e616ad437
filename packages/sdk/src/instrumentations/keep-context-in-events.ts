// Hot: every event of every request and response passes here.
import type { EventEmitter } from 'node:events';
import { requestStoreOf } from '@bellwether/meters/runtime';
import { context } from '@opentelemetry/api';
import type { Undo } from './environment.ts';
import { serverExchangeOf } from './http-server-exchange.ts';
import { type Emitter, patchEmit } from './patch-emit.ts';

/**
 * Makes listeners of a server's requests and responses (`data`, `end`, `close` ...) run in the context of their request. Node calls
 * them from the connection, which on a keep-alive connection belongs to no request in particular.
 */
export function keepContextInEvents(prototype: Emitter): Undo {
  return patchEmit(
    prototype,
    (emit) =>
      function emitInContext(this: unknown, ...args) {
        const exchange = serverExchangeOf(this as object);
        if (
          exchange === undefined ||
          !isHeard(this as EventEmitter, args[0] as string) ||
          requestStoreOf(context.active()) === exchange
        ) {
          return Reflect.apply(emit, this, args);
        }
        return context.with(exchange.context, emit, this, ...args);
      },
  );
}

/** Whether the application listens. Entering a context costs more than most events; `finish` has a listener of Node's own. */
function isHeard(emitter: EventEmitter, event: string): boolean {
  return emitter.listenerCount(event) > (event === 'finish' ? 1 : 0);
}
