import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Attributes } from '@opentelemetry/api';
import {
  ATTR_CLIENT_ADDRESS,
  ATTR_HTTP_REQUEST_METHOD,
  ATTR_HTTP_REQUEST_METHOD_ORIGINAL,
  ATTR_NETWORK_PEER_ADDRESS,
  ATTR_NETWORK_PEER_PORT,
  ATTR_NETWORK_PROTOCOL_VERSION,
  ATTR_SERVER_ADDRESS,
  ATTR_SERVER_PORT,
  ATTR_URL_PATH,
  ATTR_URL_QUERY,
  ATTR_URL_SCHEME,
  ATTR_USER_AGENT_ORIGINAL,
} from '@opentelemetry/semantic-conventions';
import { forwarded, hostAndPort } from './http-forwarded.ts';
import type { HttpMethod } from './http-method.ts';
import { redactQuery, splitTarget } from './http-query.ts';
import { protocolVersion } from './http-version.ts';

export type Scheme = 'http' | 'https';

const defaultPort = { http: 80, https: 443 } as const;

/**
 * What a recording server span says about its request.
 *
 * @see https://opentelemetry.io/docs/specs/semconv/http/http-spans/#http-server-span
 */
export function serverSpanAttributes(
  request: IncomingMessage,
  method: HttpMethod,
  scheme: Scheme,
): Attributes {
  const { headers, socket } = request;
  const { path, query } = splitTarget(request.url ?? '/');
  const proxies = forwarded(headers);
  const authority = proxies.host ?? headers.host ?? text(headers[':authority']);
  const server = authority ? hostAndPort(authority) : undefined;
  return {
    [ATTR_HTTP_REQUEST_METHOD]: method,
    [ATTR_HTTP_REQUEST_METHOD_ORIGINAL]: method === request.method ? undefined : request.method,
    [ATTR_URL_PATH]: path,
    [ATTR_URL_QUERY]: query === undefined ? undefined : redactQuery(query),
    [ATTR_URL_SCHEME]: scheme,
    [ATTR_SERVER_ADDRESS]: server?.host,
    [ATTR_SERVER_PORT]: server && (server.port ?? defaultPort[scheme]),
    [ATTR_CLIENT_ADDRESS]: proxies.client ?? socket?.remoteAddress,
    [ATTR_NETWORK_PEER_ADDRESS]: socket?.remoteAddress,
    [ATTR_NETWORK_PEER_PORT]: socket?.remotePort,
    [ATTR_NETWORK_PROTOCOL_VERSION]: protocolVersion(request.httpVersion),
    [ATTR_USER_AGENT_ORIGINAL]: headers['user-agent'],
  };
}

/** The status that went out; `undefined` when the client never got one. */
export function sentStatus(response: ServerResponse): number | undefined {
  return response.headersSent ? response.statusCode : undefined;
}

function text(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header;
}
