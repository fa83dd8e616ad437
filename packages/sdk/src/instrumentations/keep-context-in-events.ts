// Hot: every event of every request and response passes here. Bench: ./http-server.bench.ts
import type { EventEmitter } from 'node:events';
import { requestStoreOf } from '@bellwether/meters/runtime';
import { context } from '@opentelemetry/api';
import type { Undo } from './environment.ts';
import { type ServerExchange, serverExchangeOf } from './http-server-exchange.ts';
import { type Emit, type Emitter, patchEmit } from './patch-emit.ts';

const sayClose = new WeakSet<object>();

/**
 * Makes listeners of a server's requests and responses (`data`, `end`, `close` ...) run in the context of their request. Node calls
 * them from the connection, which on a keep-alive connection belongs to no request in particular.
 *
 * @param onClose Is told of each `close` before the listeners are. Must not throw.
 */
export function keepContextInEvents(
  prototype: Emitter,
  onClose?: (exchange: ServerExchange) => void,
): Undo {
  return patchEmit(prototype, (emit) => {
    const emitInContext: Emit = function (this: unknown, event, ...args) {
      const exchange = serverExchangeOf(this as object);
      if (exchange !== undefined) {
        if (event === 'close' && onClose !== undefined) onClose(exchange);
        if (
          isHeard(this as EventEmitter, event as string, exchange) &&
          requestStoreOf(context.active()) !== exchange
        ) {
          return context.with(exchange.context, emit, this, event, ...args);
        }
      }
      return args.length === 0 ? emit.call(this, event) : emit.call(this, event, ...args);
    };
    if (onClose !== undefined) sayClose.add(emitInContext);
    return emitInContext;
  });
}

/** Whether `onClose` will be told of this emitter's end: not when somebody replaced its `emit`, or it has another prototype. */
export function saysClose(emitter: Emitter): boolean {
  return sayClose.has(emitter.emit);
}

/** Whether the application listens, and not only Node itself. Entering a context costs more than most events. */
function isHeard(emitter: EventEmitter, event: string, exchange: ServerExchange): boolean {
  const listeners = emitter.listenerCount(event);
  if (listeners === 0) return false;
  if (event === 'finish') return listeners > exchange.listenersOfFinish;
  return event !== 'end' || listeners > 1 || !isNodes(emitter.listeners(event)[0]);
}

/** What Node's server has listen to the end of each request: one while it is read, another once it is answered. */
function isNodes(listener: unknown): boolean {
  const { name } = listener as { readonly name: string };
  return name === 'clearRequestTimeout' || name === 'clearIncoming';
}
