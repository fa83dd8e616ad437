import type { Duplex } from 'node:stream';
import { requestStoreOf, withRequestStore } from '@bellwether/meters/runtime';
import {
  type Context,
  context as contextApi,
  ROOT_CONTEXT,
  SpanKind,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import { undoAll, wrapMethod } from './db-wrap-method.ts';
import type { Undo } from './environment.ts';
import { guard } from './guard.ts';
import { upgradeOf } from './http-upgrade.ts';

/** What a socket of a server has for as long as it lives. */
interface Connection {
  /** The store of the request for it, and nothing else: no span, and no baggage. */
  readonly context: Context;
  /** The request for it, to which every message is linked. */
  readonly request: Context;
}

/** Runs what listens to sockets in the context of each, and gives every message a span. */
export function patchWebSocket(prototype: object, tracer: Tracer): Undo {
  const connections = new WeakMap<object, Connection>();
  const connect = guard('accepting a WebSocket', (webSocket: object, socket: Duplex) => {
    const upgrade = upgradeOf(socket);
    const store = upgrade && requestStoreOf(upgrade.context);
    if (upgrade === undefined || store === undefined) return;
    const context = withRequestStore(ROOT_CONTEXT, store);
    connections.set(webSocket, { context, request: upgrade.context });
    upgrade.accepted();
  });
  return undoAll([
    wrapMethod(prototype, 'setSocket', (original) => {
      return function (...args) {
        connect(this, args[0] as Duplex);
        return original.apply(this, args);
      };
    }),
    wrapMethod(prototype, 'emit', (original) => {
      return function (...args) {
        const connection = connections.get(this);
        if (connection === undefined) return original.apply(this, args);
        if (args[0] !== 'message') {
          return contextApi.with(connection.context, () => original.apply(this, args));
        }
        return asMessage(tracer, connection, args[1], () => original.apply(this, args));
      };
    }),
  ]);
}

/** Its time is that of the listeners until they return: what they go on doing afterwards are spans of their own below it. */
function asMessage<T>(tracer: Tracer, connection: Connection, data: unknown, listen: () => T): T {
  const request = trace.getSpanContext(connection.request);
  const span = tracer.startSpan(
    'receive websocket',
    {
      kind: SpanKind.CONSUMER,
      attributes: {
        'network.protocol.name': 'websocket',
        'messaging.operation.type': 'receive',
        'messaging.message.body.size': sizeOf(data),
      },
      ...(request !== undefined && { links: [{ context: request }] }),
    },
    connection.context,
  );
  try {
    return contextApi.with(trace.setSpan(connection.context, span), listen);
  } finally {
    span.end();
  }
}

/** A message is a Buffer, an ArrayBuffer, or a list of Buffers. */
function sizeOf(data: unknown): number | undefined {
  if (Array.isArray(data)) return data.reduce((sum, part) => sum + (sizeOf(part) ?? 0), 0);
  const { byteLength } = (data ?? {}) as { readonly byteLength?: unknown };
  return typeof byteLength === 'number' ? byteLength : undefined;
}
