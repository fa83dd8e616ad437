import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import {
  createRequestStore,
  requestStoreOf,
  resolveTenant,
  withRequestStore,
} from '@bellwether/meters/runtime';
import {
  type Context,
  propagation,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import { tenantInBaggage } from '../propagation/tenant-propagator.ts';
import { pathWithoutSecrets } from '../redaction/path-without-secrets.ts';
import type { Undo } from './environment.ts';
import { guard } from './guard.ts';
import type { HttpCapture } from './http-capture.ts';
import { httpMethod, methodInSpanName } from './http-method.ts';
import { pathOf } from './http-query.ts';
import { requestHeaders } from './http-request-headers.ts';
import { serverSpanAttributes } from './http-server-attributes.ts';

/** A connection that left HTTP behind, as a WebSocket or a tunnel does, from the request for it to the end of the connection. */
export interface Upgrade {
  /** Of the request: its span, which ends when it is answered, and the store that holds the tenant for as long as the connection lives. */
  readonly context: Context;
  /** The request was granted. */
  accepted(): void;
}

const upgrades = new WeakMap<object, Upgrade>();

/** The upgrade that a socket came out of; `undefined` for every other. */
export function upgradeOf(socket: object): Upgrade | undefined {
  return upgrades.get(socket);
}

/**
 * Gives a request for an upgrade a span and a store of its own. Whoever names the tenant while the request is decided names it for all
 * that is ever said on the connection. Such a request has no duration metric: it has no response.
 */
export function beginUpgrade(
  tracer: Tracer,
  capture: HttpCapture,
  request: IncomingMessage,
  socket: Duplex,
): Upgrade {
  const store = createRequestStore();
  const extracted = propagation.extract(
    withRequestStore(ROOT_CONTEXT, store),
    request,
    requestHeaders,
  );
  const claimed = tenantInBaggage(extracted);
  if (claimed !== undefined) store.tenant = resolveTenant(claimed);
  const parent =
    requestStoreOf(extracted) === store ? extracted : withRequestStore(extracted, store);
  const span = startSpan(tracer, capture, request, parent);
  let ended = false;
  const end = (status: number | undefined) => {
    if (ended) return;
    ended = true;
    if (status !== undefined) span.setAttribute('http.response.status_code', status);
    const errorType = status === undefined ? 'aborted' : status >= 500 ? String(status) : undefined;
    if (errorType !== undefined) {
      span.setAttribute('error.type', errorType);
      span.setStatus({ code: SpanStatusCode.ERROR });
    }
    span.end();
  };
  const upgrade: Upgrade = {
    context: trace.setSpan(parent, span),
    accepted: () => end(101),
  };
  upgrades.set(socket, upgrade);
  onAnswer(socket, end);
  socket.once('close', () => end(undefined));
  return upgrade;
}

function startSpan(
  tracer: Tracer,
  capture: HttpCapture,
  request: IncomingMessage,
  parent: Context,
): Span {
  const method = httpMethod(request.method);
  const scheme = (request.socket as { encrypted?: boolean }).encrypted === true ? 'https' : 'http';
  // `CONNECT a:443` asks for no path.
  const path = method === 'CONNECT' ? undefined : pathWithoutSecrets(pathOf(request.url ?? '/'));
  const span = tracer.startSpan(
    methodInSpanName(method),
    {
      kind: SpanKind.SERVER,
      attributes: { 'http.request.method': method, 'url.path': path, 'url.scheme': scheme },
    },
    parent,
  );
  if (span.isRecording()) {
    span.setAttributes(serverSpanAttributes(request, method, scheme, capture));
  }
  return span;
}

/** Tells the status of what is written to the socket first: whoever grants or refuses an upgrade writes the head of the response by hand. */
function onAnswer(socket: Duplex, told: (status: number) => void): void {
  const undos: Undo[] = [];
  const look = guard('reading the answer to an upgrade', (first: unknown) => {
    for (const undo of undos.splice(0)) undo();
    const status = statusIn(first);
    if (status !== undefined) told(status);
  });
  for (const method of ['write', 'end'] as const) {
    if (Object.hasOwn(socket, method)) continue;
    const original: (...args: never[]) => unknown = socket[method];
    const watching = function (this: unknown, ...args: unknown[]) {
      look(args[0]);
      return Reflect.apply(original, this, args);
    };
    Object.defineProperty(socket, method, { value: watching, configurable: true, writable: true });
    undos.push(() => {
      if ((socket[method] as unknown) === watching) Reflect.deleteProperty(socket, method);
    });
  }
}

function statusIn(written: unknown): number | undefined {
  const head =
    typeof written === 'string' || written instanceof Uint8Array
      ? Buffer.from(written.slice(0, 16)).toString('latin1')
      : '';
  const status = /^HTTP\/1\.[01] (\d{3})/.exec(head)?.[1];
  return status === undefined ? undefined : Number(status);
}
