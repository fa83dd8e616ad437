import { pathWithoutSecrets } from '../redaction/path-without-secrets.ts';
import type { QueryRedactor } from '../redaction/query.ts';
import { splitTarget } from './http-query.ts';

/**
 * `url.full` of an outgoing request, never with credentials, its query as it may leave.
 *
 * @param protocol `http:` or `https:`.
 * @param target The path and query, or the absolute form that a request through a proxy has.
 */
export function outgoingUrl(
  protocol: string,
  host: string,
  port: number | undefined,
  target: string,
  redact: QueryRedactor,
): string {
  const { path, query } = splitTarget(target);
  const origin = originIn(target) ?? originOf(protocol, host, port);
  // `CONNECT a:443` and `OPTIONS *` ask for no path.
  if (!path.startsWith('/')) return origin;
  return `${origin}${pathWithoutSecrets(path)}${query === undefined ? '' : `?${redact(query)}`}`;
}

/** What is asked for through a proxy: the host is then the proxy's. */
function originIn(target: string): string | undefined {
  const url = /^https?:\/\//i.test(target) ? URL.parse(target) : null;
  return url === null ? undefined : `${url.protocol}//${url.host}`;
}

function originOf(protocol: string, host: string, port: number | undefined): string {
  const name = host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
  const isDefault = port === undefined || port === (protocol === 'https:' ? 443 : 80);
  return `${protocol}//${isDefault ? name : `${name}:${port}`}`;
}
