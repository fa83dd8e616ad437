import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Attributes } from '@opentelemetry/api';
import type { HttpCapture } from './http-capture.ts';
import { type Forwarded, forwarded, type HostAndPort, hostAndPort } from './http-forwarded.ts';
import type { HttpMethod } from './http-method.ts';
import { splitTarget } from './http-query.ts';
import { protocolVersion } from './http-version.ts';

export type Scheme = 'http' | 'https';

const defaultPort = { http: 80, https: 443 } as const;

/**
 * What a recording server span says about its request, beyond what it said when it started: method, path and scheme.
 *
 * @see https://opentelemetry.io/docs/specs/semconv/http/http-spans/#http-server-span
 */
export function serverSpanAttributes(
  request: IncomingMessage,
  method: HttpMethod,
  scheme: Scheme,
  capture: HttpCapture,
): Attributes {
  const { headers, socket } = request;
  const { query } = splitTarget(request.url ?? '/');
  const proxies = forwarded(headers);
  const authority = proxies.host ?? headers.host ?? text(headers[':authority']);
  const server = authority ? serverOf(authority) : undefined;
  const peer = socket?.remoteAddress;
  return {
    'http.request.method_original': method === request.method ? undefined : request.method,
    'url.query': query === undefined ? undefined : capture.query(query),
    'server.address': server?.host,
    'server.port': server && (server.port ?? portWithout(proxies, scheme)),
    'client.address': capture.clientAddress(proxies.client ?? peer),
    'network.peer.address': capture.clientAddress(peer),
    'network.peer.port': socket?.remotePort,
    'network.protocol.version': protocolVersion(request.httpVersion),
    'user_agent.original': headers['user-agent'],
    ...capture.serverRequest?.((name) => headers[name]),
  };
}

/** Which port a host without one means. That of a proxy is not ours: only what the proxy says of the scheme tells. */
function portWithout(proxies: Forwarded, scheme: Scheme): number | undefined {
  if (proxies.host === undefined) return defaultPort[scheme];
  return proxies.scheme && defaultPort[proxies.scheme];
}

/** Callers choose what they write into `host`. */
const MOST_AUTHORITIES = 200;

const authorities = new Map<string, HostAndPort>();

function serverOf(authority: string): HostAndPort {
  const known = authorities.get(authority);
  if (known !== undefined) return known;
  const server = hostAndPort(authority);
  if (authorities.size < MOST_AUTHORITIES) authorities.set(authority, server);
  return server;
}

/** The status that went out; `undefined` when the client never got one. */
export function sentStatus(response: ServerResponse): number | undefined {
  return response.headersSent ? response.statusCode : undefined;
}

function text(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header;
}
