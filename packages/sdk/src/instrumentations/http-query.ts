/** Query parameters whose values semantic conventions tell us to hide, signatures of cloud storage, and those of AWS' version 4. */
const secretParameters =
  /((?:^|&)(?:AWSAccessKeyId|Signature|sig|X-Goog-Signature|X-Amz-(?:Signature|Credential|Security-Token))=)[^&]*/g;

/**
 * The query (without `?`) with the values of known secrets replaced by `REDACTED`, otherwise as it was.
 *
 * @see https://opentelemetry.io/docs/specs/semconv/registry/attributes/url/#url-query
 */
export function redactQuery(query: string): string {
  return query.replace(secretParameters, '$1REDACTED');
}

export interface PathAndQuery {
  readonly path: string;
  /** Without `?`; `undefined` when there is none. */
  readonly query: string | undefined;
}

/** Splits a request target: `/path?query`, or the absolute form that proxies get. */
export function splitTarget(target: string): PathAndQuery {
  const origin = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i.exec(target)?.[0].length ?? 0;
  const rest = origin === 0 ? target : target.slice(origin);
  const hash = rest.indexOf('#');
  const bare = hash === -1 ? rest : rest.slice(0, hash);
  const mark = bare.indexOf('?');
  if (mark === -1) return { path: bare || '/', query: undefined };
  return { path: bare.slice(0, mark) || '/', query: bare.slice(mark + 1) || undefined };
}
