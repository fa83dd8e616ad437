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
  const name = host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
  const isDefault = port === undefined || port === (protocol === 'https:' ? 443 : 80);
  const authority = isDefault ? name : `${name}:${port}`;
  return `${protocol}//${authority}${pathWithoutSecrets(path)}${query === undefined ? '' : `?${redact(query)}`}`;
}
