import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { context as contextApi, propagation } from '@opentelemetry/api';
import { isTracingSuppressed } from '@opentelemetry/core';
import type { TargetSetter } from '../propagation/peer-carrier.ts';
import type { InstrumentationEnvironment, Undo } from './environment.ts';
import { guard } from './guard.ts';
import { HttpClientCall } from './http-client-call.ts';
import { outgoingUrl } from './outgoing-url.ts';

/** The call that a request is, on the request itself. */
const CALL = Symbol('bellwether');

/** What undici 5 to 8 publish; the one in Node and installed ones use the same channels. */
interface UndiciRequest {
  readonly origin: string | URL;
  readonly method: string;
  readonly path: string;
  headers: string | unknown[];
  addHeader?(name: string, value: string): void;
  /** What the connection shall become, as `websocket`. */
  readonly upgrade?: unknown;
  onUpgrade?(this: unknown, status: number, ...rest: unknown[]): unknown;
  [CALL]?: { readonly call: HttpClientCall; version: string };
}

interface Message {
  readonly request: UndiciRequest;
  readonly response: { readonly statusCode: number; readonly headers?: readonly unknown[] };
  readonly socket: {
    readonly remoteAddress?: string;
    readonly remotePort?: number;
    readonly alpnProtocol?: string | false;
  };
  readonly error: unknown;
}

/**
 * Measures `fetch` and every client of undici, built-in or installed, like {@link instrumentHttpClient} does for `node:http`.
 *
 * @see https://github.com/nodejs/undici/blob/main/docs/docs/api/DiagnosticsChannel.md
 */
export function instrumentUndici(env: InstrumentationEnvironment): Undo {
  const tracer = env.tracer('@bellwether/sdk/undici');
  const { capture } = env;

  const listeners = {
    'undici:request:create': ({ request }: Message) => {
      if (request.method === 'CONNECT' || isTracingSuppressed(contextApi.active())) return;
      const { protocol, host, port } = originOf(request.origin);
      const call = new HttpClientCall(tracer, {
        method: request.method,
        host,
        port,
        capture,
        url: () => outgoingUrl(protocol, host, port, request.path, capture.query),
        userAgent: () => headerOf(request, 'user-agent'),
      });
      request[CALL] = { call, version: '1.1' };
      if (request.upgrade) endWithUpgrade(request, call);
      propagation.inject(call.context, request, outgoingHeaders);
    },
    'undici:client:sendHeaders': ({ request, socket }: Message) => {
      const state = request[CALL];
      if (state === undefined) return;
      state.version = socket.alpnProtocol === 'h2' ? '2' : '1.1';
      state.call.peer(socket);
    },
    'undici:request:headers': ({ request, response }: Message) => {
      const state = request[CALL];
      if (state === undefined) return;
      const { call } = state;
      call.response(response.statusCode, state.version);
      call.headers(
        (name) => headerOf(request, name),
        (name) => headerOf({ headers: response.headers ?? [] }, name),
      );
    },
    'undici:request:trailers': ({ request }: Message) => {
      request[CALL]?.call.end(undefined);
    },
    'undici:request:error': ({ request, error }: Message) => {
      request[CALL]?.call.end(error);
    },
  };

  const undos = Object.entries(listeners).map(([name, listener]) => {
    const guarded = guard(`listening to ${name}`, listener);
    const listen = (message: unknown) => guarded(message as Message);
    subscribe(name, listen);
    return () => unsubscribe(name, listen);
  });
  return () => {
    for (const undo of undos) undo();
  };
}

/** Before 7.30 undici publishes nothing of an upgrade that was granted, as a WebSocket's. */
function endWithUpgrade(request: UndiciRequest, call: HttpClientCall): void {
  const { onUpgrade } = request;
  if (typeof onUpgrade !== 'function') return;
  const upgraded = guard('recording an upgrade', (status: number) => {
    call.response(status, '1.1');
    call.end(undefined);
  });
  request.onUpgrade = function (status, ...rest) {
    upgraded(status);
    return onUpgrade.call(this, status, ...rest);
  };
}

const outgoingHeaders: TargetSetter<UndiciRequest> = {
  set: (request, name, value) => {
    removeHeader(request, name);
    if (typeof request.addHeader === 'function') request.addHeader(name, value);
    else if (typeof request.headers === 'string') request.headers += `${name}: ${value}\r\n`;
    else request.headers.push(name, value);
  },
  target: (request) => originOf(request.origin),
};

interface Origin {
  readonly protocol: string;
  /** An IPv6 address is without brackets. */
  readonly host: string;
  readonly port: number;
}

/** Origins that were read; a program that calls many hosts begins anew. */
const origins = new Map<string, Origin>();
const MAX_ORIGINS = 200;

function originOf(text: string | URL): Origin {
  const known = typeof text === 'string' ? origins.get(text) : undefined;
  if (known !== undefined) return known;
  const { protocol, hostname, port } = new URL(text);
  const origin = {
    protocol,
    host: hostname.replace(/^\[(.*)\]$/, '$1'),
    port: Number(port) || (protocol === 'https:' ? 443 : 80),
  };
  if (origins.size >= MAX_ORIGINS) origins.clear();
  if (typeof text === 'string') origins.set(text, origin);
  return origin;
}

/** An application that hands on the headers it got has this one already, and a second makes both unreadable. */
function removeHeader(request: UndiciRequest, name: string): void {
  const { headers } = request;
  if (typeof headers === 'string') {
    request.headers = headers.replace(new RegExp(`^${name}:.*\\r\\n`, 'gim'), '');
    return;
  }
  for (let index = headers.length - 2; index >= 0; index -= 2) {
    if (String(headers[index]).toLowerCase() === name) headers.splice(index, 2);
  }
}

function headerOf(
  { headers }: { readonly headers: string | readonly unknown[] },
  name: string,
): string | undefined {
  if (typeof headers === 'string') {
    return new RegExp(`^${name}: *([^\\r]*)`, 'im').exec(headers)?.[1];
  }
  const at = headers.findIndex(
    (text, index) => index % 2 === 0 && String(text).toLowerCase() === name,
  );
  return at === -1 ? undefined : String(headers[at + 1]);
}
