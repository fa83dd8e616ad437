import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { context as contextApi, propagation } from '@opentelemetry/api';
import { isTracingSuppressed } from '@opentelemetry/core';
import type { TargetSetter } from '../propagation/peer-carrier.ts';
import type { InstrumentationEnvironment, Undo } from './environment.ts';
import { guard } from './guard.ts';
import { HttpClientCall } from './http-client-call.ts';
import { outgoingUrl } from './outgoing-url.ts';

/** What undici 5 to 8 publish; the one in Node and installed ones use the same channels. */
interface UndiciRequest {
  readonly origin: string | URL;
  readonly method: string;
  readonly path: string;
  headers: string | unknown[];
  addHeader?(name: string, value: string): void;
}

interface Message {
  readonly request: UndiciRequest;
  readonly response: { readonly statusCode: number };
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
  const calls = new WeakMap<UndiciRequest, { call: HttpClientCall; version: string }>();

  const listeners = {
    'undici:request:create': ({ request }: Message) => {
      if (request.method === 'CONNECT' || isTracingSuppressed(contextApi.active())) return;
      const { protocol, hostname, port } = new URL(request.origin);
      const host = hostname.replace(/^\[(.*)\]$/, '$1');
      const call = new HttpClientCall(tracer, {
        method: request.method,
        host,
        port: Number(port) || (protocol === 'https:' ? 443 : 80),
        url: () => outgoingUrl(protocol, host, Number(port) || undefined, request.path),
        userAgent: () => headerOf(request, 'user-agent'),
      });
      calls.set(request, { call, version: '1.1' });
      propagation.inject(call.context, request, outgoingHeaders);
    },
    'undici:client:sendHeaders': ({ request, socket }: Message) => {
      const state = calls.get(request);
      if (state === undefined) return;
      state.version = socket.alpnProtocol === 'h2' ? '2' : '1.1';
      state.call.peer(socket);
    },
    'undici:request:headers': ({ request, response }: Message) => {
      const state = calls.get(request);
      state?.call.response(response.statusCode, state.version);
    },
    'undici:request:trailers': ({ request }: Message) => {
      calls.get(request)?.call.end(undefined);
    },
    'undici:request:error': ({ request, error }: Message) => {
      calls.get(request)?.call.end(error);
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

const outgoingHeaders: TargetSetter<UndiciRequest> = {
  set: (request, name, value) => {
    removeHeader(request, name);
    if (typeof request.addHeader === 'function') request.addHeader(name, value);
    else if (typeof request.headers === 'string') request.headers += `${name}: ${value}\r\n`;
    else request.headers.push(name, value);
  },
  target: (request) => {
    const { protocol, hostname, port } = new URL(request.origin);
    return { host: hostname, port: Number(port) || (protocol === 'https:' ? 443 : 80) };
  },
};

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

function headerOf(request: UndiciRequest, name: string): string | undefined {
  const { headers } = request;
  if (typeof headers === 'string') {
    return new RegExp(`^${name}: *([^\\r]*)`, 'im').exec(headers)?.[1];
  }
  const at = headers.findIndex(
    (text, index) => index % 2 === 0 && String(text).toLowerCase() === name,
  );
  return at === -1 ? undefined : String(headers[at + 1]);
}
