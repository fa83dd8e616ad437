// Hot: every request of every server passes here. Bench: ./http-server.bench.ts
import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import type { Http2ServerResponse } from 'node:http2';
import type { Socket } from 'node:net';
import { requestStoreOf, resolveTenant, withRequestStore } from '@bellwether/meters/runtime';
import {
  type Context,
  context as contextApi,
  propagation,
  SpanKind,
  type Tracer,
} from '@opentelemetry/api';
import type { RPCMetadata } from '@opentelemetry/core';
import { loadNow } from '../load-now.ts';
import { begunContext, requestContext } from '../propagation/request-context.ts';
import { tenantInBaggage } from '../propagation/tenant-propagator.ts';
import { pathWithoutSecrets } from '../redaction/path-without-secrets.ts';
import type { InstrumentationEnvironment, Undo } from './environment.ts';
import { guard } from './guard.ts';
import type { HttpCapture } from './http-capture.ts';
import { countryIn } from './http-country.ts';
import { watchEventStreams } from './http-event-stream.ts';
import { httpMethod, methodInSpanName } from './http-method.ts';
import { pathOf } from './http-query.ts';
import { requestHeaders } from './http-request-headers.ts';
import { serverSpanAttributes } from './http-server-attributes.ts';
import { type Failure, ServerExchange, serverExchangeOf } from './http-server-exchange.ts';
import { keepContextInEvents, saysClose } from './keep-context-in-events.ts';
import { type Emit, type Emitter, patchEmit } from './patch-emit.ts';

const scope = '@bellwether/sdk/http';

/**
 * Measures every request that an HTTP, HTTPS or HTTP/2 server of this process answers: a server span, `http.server.request.duration` and
 * `http.server.active_requests`, each once per request, also when the client goes away. A stream of events is recorded when it opens. Patches the servers' prototypes, which
 * `import` and `require` share, so it needs no module hooks.
 */
export function instrumentHttpServer(env: InstrumentationEnvironment): Undo {
  const tracer = env.tracer(scope);
  const countryHeader = env.config.countryHeader?.toLowerCase();
  const { capture } = env;
  let active = true;
  const measured = guard(
    'measuring an HTTP request',
    (request: IncomingMessage, response: ServerResponse) =>
      beginExchange(tracer, countryHeader, capture, request, response),
  );
  const connected = guard('measuring a connection', (event: unknown, args: unknown[]) =>
    loadNow(() => import('./http-connection.ts')).onConnection(tracer, capture, event, args),
  );
  const watch: Watch = {
    request: (request, response) => (active ? measured(request, response) : undefined),
    other: (event, args) =>
      active && (event === 'upgrade' || event === 'connect' || event === 'clientError')
        ? connected(event, args)
        : undefined,
  };
  const undos = [
    patchServer(http.Server.prototype, watch),
    keepContextInEvents(http.IncomingMessage.prototype),
    keepContextInEvents(http.ServerResponse.prototype, onClose),
    watchEventStreams(http.ServerResponse.prototype),
  ];
  env.onModuleLoad({ name: 'https' }, (exports) => {
    undos.push(patchServer((exports as typeof import('node:https')).Server.prototype, watch));
  });
  env.onModuleLoad({ name: 'http2' }, (exports) => {
    const { instrumentHttp2 } = loadNow(() => import('./http2.ts'));
    undos.push(instrumentHttp2(env, exports as typeof import('node:http2'), watch));
  });
  return () => {
    active = false;
    for (const undo of undos.splice(0)) undo();
  };
}

/** Who is told of the events of servers. */
export interface Watch {
  request(request: IncomingMessage, response: ServerResponse): ServerExchange | undefined;
  /** Of an event that brings no request. Gives the context of its listeners, if they shall have another. */
  other(event: unknown, args: unknown[]): Context | undefined;
}

function patchServer(prototype: Emitter, watch: Watch): Undo {
  return patchEmit(prototype, (emit) => emitRequests(emit, watch));
}

/** The `emit` of a server whose requests are watched. */
export function emitRequests(emit: Emit, watch: Watch): Emit {
  return function emitRequest(this: unknown, event, ...args) {
    if (event !== 'request' && event !== 'checkContinue' && event !== 'checkExpectation') {
      const context = watch.other(event, args);
      if (context === undefined) return emit.call(this, event, ...args);
      return contextApi.with(context, emit, this, event, ...args);
    }
    const exchange = watch.request(args[0] as IncomingMessage, args[1] as ServerResponse);
    if (exchange === undefined) return emit.call(this, event, ...args);
    return emitIn(exchange, emit, this, event, args);
  };
}

/** Hands a request that has begun to the listeners of its server, in its context. */
export function emitIn(
  exchange: ServerExchange,
  emit: Emit,
  server: unknown,
  event: unknown,
  args: unknown[],
): unknown {
  let threw = true;
  try {
    const answer = contextApi.with(
      exchange.context,
      handOver,
      undefined,
      exchange,
      emit,
      server,
      event,
      args,
    );
    threw = false;
    return answer;
  } finally {
    // Not `catch` and `throw`: an uncaught exception must still point at the line of the application.
    if (threw) endExchange(exchange, 'exception');
  }
}

function handOver(
  exchange: ServerExchange,
  emit: Emit,
  server: unknown,
  event: unknown,
  args: unknown[],
): unknown {
  exchange.begin();
  return emit.call(server, event, ...args);
}

/** `undefined` when the request is already measured: servers hand requests on to each other by `emit('request')`. */
function beginExchange(
  tracer: Tracer,
  countryHeader: string | undefined,
  capture: HttpCapture,
  request: IncomingMessage,
  response: ServerResponse,
): ServerExchange | undefined {
  if (serverExchangeOf(request) !== undefined) return undefined;
  const method = httpMethod(request.method);
  const scheme = isEncrypted(request) ? 'https' : 'http';
  const exchange = new ServerExchange(request, response, method, scheme);
  if (countryHeader !== undefined) exchange.country = countryIn(request.headers, countryHeader);

  const own = requestContext(exchange);
  const extracted = propagation.extract(own, request, requestHeaders);
  const claimed = tenantInBaggage(extracted);
  if (claimed !== undefined) exchange.tenant = resolveTenant(claimed);
  const parent =
    requestStoreOf(extracted) === exchange ? extracted : withRequestStore(extracted, exchange);
  exchange.span = tracer.startSpan(
    methodInSpanName(method),
    {
      kind: SpanKind.SERVER,
      attributes: {
        'http.request.method': method,
        'url.path': pathWithoutSecrets(pathOf(request.url ?? '/')),
        'url.scheme': scheme,
      },
    },
    parent,
  );
  if (exchange.span.isRecording()) {
    exchange.span.setAttributes(serverSpanAttributes(request, method, scheme, capture));
    exchange.responseHeaders = capture.serverResponse;
  }
  exchange.context = begunContext(parent, exchange.span, exchange as RPCMetadata);

  if (response.socket === null) endWithSocket(request.socket, exchange);
  if (!saysClose(response)) response.once('close', () => onClose(exchange));
  return exchange;
}

export const onClose = guard('recording an HTTP request', (exchange: ServerExchange) => {
  const { response, waitsOn } = exchange;
  if (waitsOn !== undefined) waitingOn.get(waitsOn)?.delete(exchange);
  exchange.end(isComplete(response) ? undefined : 'aborted');
});

const endExchange = guard(
  'recording an HTTP request',
  (exchange: ServerExchange, failure: Failure | undefined) => exchange.end(failure),
);

/**
 * A response that waits for the responses of earlier requests on its connection (pipelining) has no socket yet, and gets no
 * `close` when the connection ends before its turn.
 */
function endWithSocket(socket: Socket, exchange: ServerExchange): void {
  exchange.waitsOn = socket;
  const waiting = waitingOn.get(socket);
  if (waiting !== undefined) {
    waiting.add(exchange);
    return;
  }
  const all = new Set([exchange]);
  waitingOn.set(socket, all);
  // After the listener of Node, which closes the response whose turn it is.
  socket.once('close', () => {
    for (const each of all) endExchange(each, 'aborted');
  });
}

const waitingOn = new WeakMap<Socket, Set<ServerExchange>>();

function isEncrypted(request: IncomingMessage): boolean {
  return (request.socket as { encrypted?: boolean } | undefined)?.encrypted === true;
}

function isComplete(response: ServerResponse): boolean {
  const { stream } = response as unknown as Partial<Http2ServerResponse>;
  return stream === undefined ? response.writableFinished : !stream.aborted && stream.rstCode === 0;
}
