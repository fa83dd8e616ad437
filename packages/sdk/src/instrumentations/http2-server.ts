import type { EventEmitter } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { IncomingHttpHeaders, ServerHttp2Stream } from 'node:http2';
import { undoAll, wrapMethod } from './db-wrap-method.ts';
import type { Undo } from './environment.ts';
import { guard } from './guard.ts';
import { isEventStreamType } from './http-event-stream.ts';
import { emitIn, emitRequests, onClose, type Watch } from './http-server.ts';
import { carryExchange, serverExchangeOf } from './http-server-exchange.ts';
import { keepContextInEvents } from './keep-context-in-events.ts';
import { type Emit, type Emitter, patchEmit } from './patch-emit.ts';

/**
 * Watches servers of HTTP/2: what they take as requests and responses, and, where nobody listens for those, as streams. gRPC is left to its own
 * instrumentation, and a tunnel (`CONNECT`), WebSockets in one too, is no request.
 */
export function watchStreams(prototypes: readonly Emitter[], watch: Watch): Undo {
  const streams: Undo[] = [];
  const begin = guard(
    'measuring a stream of HTTP/2',
    (stream: ServerHttp2Stream, headers: IncomingHttpHeaders) => {
      if (headers[':method'] === 'CONNECT' || isGrpc(headers)) return undefined;
      if (streams.length === 0) streams.push(...watchStream(Object.getPrototypeOf(stream)));
      const exchange = watch.request(requestOf(stream, headers), responseOf(stream));
      if (exchange !== undefined) carryExchange(stream, exchange);
      return exchange;
    },
  );
  const emitting = (emit: Emit): Emit => {
    const emitRequest = emitRequests(emit, watch);
    return function emitStream(this: unknown, event, ...args) {
      // The listener of Node.js makes a request of it.
      if (event !== 'stream' || (this as EventEmitter).listenerCount('request') > 0)
        return emitRequest.call(this, event, ...args);
      const exchange = begin(args[0] as ServerHttp2Stream, args[1] as IncomingHttpHeaders);
      return exchange === undefined
        ? emit.call(this, event, ...args)
        : emitIn(exchange, emit, this, event, args);
    };
  };
  const servers = prototypes.map((prototype) => patchEmit(prototype, emitting));
  return () => undoAll([...servers, ...streams.splice(0)])();
}

function isGrpc(headers: IncomingHttpHeaders): boolean {
  return headers['content-type']?.startsWith('application/grpc') === true;
}

/** Streams have no public class either. */
function watchStream(prototype: Emitter): Undo[] {
  return [
    keepContextInEvents(prototype, onClose),
    wrapMethod(
      prototype,
      'respond',
      (respond) =>
        function (...args) {
          const answer = respond.apply(this, args);
          onHead(this as ServerHttp2Stream);
          return answer;
        },
    ),
  ];
}

const onHead = guard('reading the head of a stream', (stream: ServerHttp2Stream) => {
  const exchange = serverExchangeOf(stream);
  if (exchange !== undefined && isEventStreamType(stream.sentHeaders['content-type']))
    exchange.streams();
});

/** What an exchange asks of a request. */
function requestOf(stream: ServerHttp2Stream, headers: IncomingHttpHeaders): IncomingMessage {
  const request = {
    method: headers[':method'],
    url: headers[':path'],
    headers,
    httpVersion: '2.0',
    socket: stream.session?.socket,
  };
  return request as unknown as IncomingMessage;
}

/** What an exchange asks of a response. */
function responseOf(stream: ServerHttp2Stream): ServerResponse {
  const sent = () => (stream.sentHeaders ?? {}) as Readonly<Record<string, unknown>>;
  const response = {
    stream,
    emit: stream.emit,
    once: stream.once.bind(stream),
    listenerCount: (event: string) => stream.listenerCount(event),
    getHeader: (name: string) => sent()[name],
    get headersSent() {
      return stream.headersSent;
    },
    get statusCode() {
      return sent()[':status'];
    },
  };
  return response as unknown as ServerResponse;
}
