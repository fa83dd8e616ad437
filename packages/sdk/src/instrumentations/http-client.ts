import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import http, { type ClientRequest, type IncomingMessage } from 'node:http';
import { context as contextApi, propagation, type Tracer } from '@opentelemetry/api';
import { isTracingSuppressed } from '@opentelemetry/core';
import type { Target, TargetSetter } from '../propagation/peer-carrier.ts';
import type { InstrumentationEnvironment, Undo } from './environment.ts';
import { guard } from './guard.ts';
import { type HttpCapture, writtenHeader } from './http-capture.ts';
import { HttpClientCall } from './http-client-call.ts';
import { outgoingUrl } from './outgoing-url.ts';

type Created = { readonly request: ClientRequest };
type Answered = { readonly request: ClientRequest; readonly response: IncomingMessage };
type Failed = { readonly request: ClientRequest; readonly error: unknown };

/**
 * Measures every request of Node's own HTTP and HTTPS client, by the diagnostics channels that Node publishes: a client span with
 * `traceparent` sent along, and `http.client.request.duration`, each once per request whether the program is ESM, CJS or both.
 * Requests made while tracing is suppressed, such as those of the OTLP exporters, are left alone.
 *
 * @see https://nodejs.org/api/diagnostics_channel.html#http
 */
export function instrumentHttpClient(env: InstrumentationEnvironment): Undo {
  const tracer = env.tracer('@bellwether/sdk/http');
  const created = guard('measuring an HTTP call', ({ request }: Created) => {
    if (isTracingSuppressed(contextApi.active())) return;
    const call = startCall(tracer, env.capture, request);
    const state: CallState = { call, error: undefined };
    (request as Measured)[CALL] = state;
    request.once(
      'close',
      guard('recording an HTTP call', () => {
        const response = responseOf(request);
        if (response !== undefined) call.response(response.statusCode ?? 0, response.httpVersion);
        call.headers(
          (name) => writtenHeader(request, name),
          (name) => response?.headers[name],
        );
        call.end(state.error ?? (response?.complete === false ? response.errored : undefined));
      }),
    );
  });
  const answered = guard('reading an HTTP response', ({ request, response }: Answered) => {
    (request as Measured)[CALL]?.call.peer(response.socket);
  });
  const failed = guard('reading an HTTP error', ({ request, error }: Failed) => {
    const state = (request as Measured)[CALL];
    if (state !== undefined) state.error = error;
  });

  const channels = [
    ['http.client.request.created', created],
    ['http.client.response.finish', answered],
    ['http.client.request.error', failed],
  ] as const;
  const listening = channels.map(([name, listener]) => {
    const listen = (message: unknown) => listener(message as Answered & Failed);
    subscribe(name, listen);
    return () => unsubscribe(name, listen);
  });
  const forgetPorts = rememberPorts();
  return () => {
    for (const stop of listening) stop();
    forgetPorts();
  };
}

function startCall(tracer: Tracer, capture: HttpCapture, request: ClientRequest): HttpClientCall {
  const { host, protocol, path, method } = request;
  const port = portOf(request);
  const call = new HttpClientCall(tracer, {
    method,
    host,
    port,
    capture,
    url: () => outgoingUrl(protocol, host, port, path, capture.query),
    userAgent: () => text(request.getHeader('user-agent')),
  });
  propagation.inject(call.context, request, outgoingHeaders);
  return call;
}

interface CallState {
  readonly call: HttpClientCall;
  error: unknown;
}

/** The call that a request is, and the port that it dials, on the request itself. */
const CALL = Symbol('bellwether call');
const DIALED_PORT = Symbol('bellwether port');

interface Measured {
  [CALL]?: CallState;
  [DIALED_PORT]?: number;
}

type AddRequest = (this: unknown, request: ClientRequest, options: { port?: unknown }) => void;

/** A client request doesn't keep the port that it dials; the agent is told it. */
function rememberPorts(): Undo {
  const prototype = http.Agent.prototype as unknown as { addRequest: AddRequest };
  const original = prototype.addRequest;
  const replacement: AddRequest = function addRequest(request, options, ...rest: unknown[]) {
    const port = Number(options?.port);
    if (Number.isInteger(port)) (request as Measured)[DIALED_PORT] = port;
    return Reflect.apply(original, this, [request, options, ...rest]);
  };
  prototype.addRequest = replacement;
  return () => {
    if (prototype.addRequest === replacement) prototype.addRequest = original;
  };
}

/** Without an agent of Node's the `Host` header says the port, if it names the host that is dialed. */
function portOf(request: ClientRequest): number | undefined {
  const known = (request as Measured)[DIALED_PORT];
  if (known !== undefined) return known;
  const header = text(request.getHeader('host'));
  const match = header === undefined ? null : /^(.*?)(?::(\d+))?$/.exec(header);
  if (match?.[1] !== request.host) return undefined;
  return match[2] === undefined ? (request.protocol === 'https:' ? 443 : 80) : Number(match[2]);
}

/** A Unix socket or an agent of another kind: nobody knows whom the request reaches, so it gets no baggage. */
function targetOf(request: ClientRequest): Target | undefined {
  const { socketPath } = request as { socketPath?: string };
  if (socketPath) return undefined;
  return { host: request.host, port: (request as Measured)[DIALED_PORT] };
}

const outgoingHeaders: TargetSetter<ClientRequest> = {
  set: (request, name, value) => {
    if (!request.headersSent) request.setHeader(name, value);
    else setInWrittenHead(request as unknown as WrittenRequest, name, value);
  },
  target: targetOf,
};

interface WrittenRequest {
  _header: string;
  readonly outputData: { data: unknown }[];
}

/**
 * Headers that are given as an array, and those with `Expect`, are text by now, though they can't have left: a request gets its
 * connection in a later turn. Node offers no way to set one in them.
 */
function setInWrittenHead(request: WrittenRequest, name: string, value: string): void {
  const before = request._header;
  const others = before
    .slice(0, -'\r\n'.length)
    .split('\r\n')
    .filter((line, index) => index === 0 || !line.toLowerCase().startsWith(`${name}:`));
  const after = `${others.join('\r\n')}${name}: ${value}\r\n\r\n`;
  const [first] = request.outputData;
  if (first === undefined) request._header = after;
  else if (typeof first.data === 'string' && first.data.startsWith(before)) {
    request._header = after;
    first.data = after + first.data.slice(before.length);
  }
}

function responseOf(request: ClientRequest): IncomingMessage | undefined {
  return (request as { res?: IncomingMessage | null }).res ?? undefined;
}

function text(header: number | string | string[] | undefined): string | undefined {
  return header === undefined ? undefined : String(Array.isArray(header) ? header[0] : header);
}
