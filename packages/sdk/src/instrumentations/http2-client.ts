import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ClientHttp2Stream, IncomingHttpHeaders } from 'node:http2';
import { type Context, context as contextApi, propagation, type Tracer } from '@opentelemetry/api';
import { isTracingSuppressed } from '@opentelemetry/core';
import type { Target, TargetSetter } from '../propagation/peer-carrier.ts';
import { type Method, undoAll, wrapMethod } from './db-wrap-method.ts';
import type { InstrumentationEnvironment, Undo } from './environment.ts';
import { guard } from './guard.ts';
import type { HttpCapture } from './http-capture.ts';
import { HttpClientCall } from './http-client-call.ts';
import { outgoingUrl } from './outgoing-url.ts';
import { type Emitter, patchEmit } from './patch-emit.ts';

/** Whom a session calls. */
interface Authority {
  readonly protocol: string;
  readonly host: string;
  readonly port: number;
  /** `undefined`: the application dials by itself, so nobody knows whom it reaches. */
  readonly target: Target | undefined;
}

/** A request as the application gives it: by name, or as a list of names and values in turn. */
type Headers = Record<string, unknown> | unknown[];

interface CallState {
  readonly call: HttpClientCall;
  readonly caller: Context;
  readonly sent: Headers;
  received: IncomingHttpHeaders | undefined;
  error: unknown;
}

/** The call that a stream is, on the stream itself. */
const CALL = Symbol('bellwether call');

type Calling = ClientHttp2Stream & { [CALL]?: CallState };

/**
 * Measures every request of a client of HTTP/2 (`http2.connect().request()`) as those of `node:http` are: a client span with `traceparent` sent along, and
 * `http.client.request.duration`. Listeners of its stream run in the context of the caller; Node.js calls them in that of the connection. gRPC and
 * tunnels are left alone, and so is undici, which is measured by itself.
 */
export function instrumentHttp2Client(
  env: InstrumentationEnvironment,
  http2: typeof import('node:http2'),
): Undo {
  const tracer = env.tracer('@bellwether/sdk/http');
  const authorities = new WeakMap<object, Authority>();
  const undici = watchUndici();
  const undos: Undo[] = [undici.undo];
  const patched = { sessions: false, streams: false };

  const begin = guard('measuring a call of HTTP/2', (session: object, headers: unknown) => {
    const authority = authorities.get(session);
    if (authority === undefined || undici.isSending()) return undefined;
    return beginCall(tracer, env.capture, authority, headers);
  });
  const onStream = guard('measuring a call of HTTP/2', (stream: Calling, state: CallState) => {
    stream[CALL] = state;
    if (patched.streams) return;
    patched.streams = true;
    undos.push(keepContextInCalls(Object.getPrototypeOf(stream)));
  });
  const request = (original: Method): Method =>
    function request(headers, ...rest) {
      const state = begin(this, headers);
      if (state === undefined) return Reflect.apply(original, this, [headers, ...rest]);
      let stream: unknown;
      try {
        stream = Reflect.apply(original, this, [state.sent, ...rest]);
        return stream;
      } finally {
        if (stream === undefined) state.call.end({ name: 'exception' });
        else onStream(stream as Calling, state);
      }
    };
  const onSession = guard('reading a session of HTTP/2', (session: object, args: unknown[]) => {
    authorities.set(session, authorityOf(args));
    if (patched.sessions) return;
    patched.sessions = true;
    undos.push(wrapMethod(Object.getPrototypeOf(session), 'request', request));
  });
  undos.push(
    wrapMethod(
      http2,
      'connect',
      (connect) =>
        function (...args) {
          const session = Reflect.apply(connect, this, args);
          onSession(session as object, args);
          return session;
        },
    ),
  );
  return () => undoAll(undos.splice(0))();
}

/** Streams have no public class: the first one shows its prototype. */
function keepContextInCalls(prototype: Emitter): Undo {
  return patchEmit(
    prototype,
    (emit) =>
      function emitInCaller(this: unknown, event, ...args) {
        const stream = this as Calling;
        const state = stream[CALL];
        if (state === undefined) return emit.call(this, event, ...args);
        onEvent(stream, state, event, args[0]);
        if (stream.listenerCount(event as string) === 0 || contextApi.active() === state.caller)
          return emit.call(this, event, ...args);
        return contextApi.with(state.caller, emit, this, event, ...args);
      },
  );
}

const onEvent = guard(
  'recording a call of HTTP/2',
  (stream: Calling, state: CallState, event: unknown, first: unknown) => {
    const { call } = state;
    if (event === 'response') {
      state.received = first as IncomingHttpHeaders;
      call.response(Number(state.received[':status']), '2');
      if (stream.session?.socket !== undefined) call.peer(stream.session.socket);
    } else if (event === 'error') {
      // Of a session that never came to be, the stream says that it was cancelled.
      state.error = (first as Error | undefined)?.cause ?? first;
    } else if (event === 'close') {
      const { received } = state;
      call.headers(
        (name) => headerOf(state.sent, name),
        (name) => received?.[name],
      );
      const isWhole = received !== undefined && !stream.rstCode;
      call.end(state.error ?? (isWhole ? undefined : { name: 'aborted' }));
    }
  },
);

/** `undefined` for what is left alone. */
function beginCall(
  tracer: Tracer,
  capture: HttpCapture,
  { protocol, host, port, target }: Authority,
  given: unknown,
): CallState | undefined {
  const caller = contextApi.active();
  const sent = Object.assign(Array.isArray(given) ? [] : {}, given) as Headers;
  const method = headerOf(sent, ':method') ?? 'GET';
  const isGrpc = headerOf(sent, 'content-type')?.startsWith('application/grpc') === true;
  if (method === 'CONNECT' || isGrpc || isTracingSuppressed(caller)) return undefined;
  const path = headerOf(sent, ':path') ?? '/';
  const call = new HttpClientCall(tracer, {
    method,
    host,
    port,
    capture,
    url: () => outgoingUrl(protocol, host, port, path, capture.query),
    userAgent: () => headerOf(sent, 'user-agent'),
  });
  const setter: TargetSetter<Headers> = { set: setHeader, target: () => target };
  propagation.inject(call.context, sent, setter);
  return { call, caller, sent, received: undefined, error: undefined };
}

/** Once, also where the application hands on one that it got. */
function setHeader(headers: Headers, name: string, value: string): void {
  if (Array.isArray(headers)) {
    for (let at = headers.length - 2; at >= 0; at -= 2)
      if (String(headers[at]).toLowerCase() === name) headers.splice(at, 2);
    headers.push(name, value);
    return;
  }
  for (const key of Object.keys(headers)) if (key.toLowerCase() === name) delete headers[key];
  headers[name] = value;
}

function headerOf(headers: Headers, name: string): string | undefined {
  const value = Array.isArray(headers)
    ? headers.find((_, at) => at % 2 === 1 && String(headers[at - 1]).toLowerCase() === name)
    : (headers[name] ?? headers[Object.keys(headers).find((k) => k.toLowerCase() === name) ?? '']);
  return value === undefined || value === null ? undefined : String(value);
}

/** As Node.js reads the arguments of `http2.connect`. */
function authorityOf([given, settings]: unknown[]): Authority {
  const from = typeof given === 'string' ? new URL(given) : (given as Partial<URL>);
  const options = (typeof settings === 'object' ? settings : {}) as Record<string, unknown>;
  const protocol = from.protocol || String(options.protocol ?? 'https:');
  const host = (from.hostname || from.host || 'localhost').replace(/^\[(.*)\]$/, '$1');
  const port = Number(from.port) || (protocol === 'http:' ? 80 : 443);
  const dialsElse = ['createConnection', 'path', 'host', 'port'].some((name) => options[name]);
  return { protocol, host, port, target: dialsElse ? undefined : { host, port } };
}

/** undici tells of a request that it sends, and makes it a stream in the same turn. */
function watchUndici(): { isSending(): boolean; undo: Undo } {
  let sending = false;
  const channel = 'undici:client:sendHeaders';
  const listen = (message: unknown) => {
    const { socket } = message as { readonly socket?: { readonly alpnProtocol?: unknown } };
    sending = socket?.alpnProtocol === 'h2';
  };
  subscribe(channel, listen);
  return {
    isSending: () => {
      const was = sending;
      sending = false;
      return was;
    },
    undo: () => unsubscribe(channel, listen),
  };
}
