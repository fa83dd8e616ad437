export interface PathAndQuery {
  readonly path: string;
  /** Without `?`; `undefined` when there is none. */
  readonly query: string | undefined;
}

/** Splits a request target: `/path?query`, or the absolute form that proxies get. */
export function splitTarget(target: string): PathAndQuery {
  const bare = withoutOriginAndHash(target);
  const mark = bare.indexOf('?');
  if (mark === -1) return { path: bare || '/', query: undefined };
  return { path: bare.slice(0, mark) || '/', query: bare.slice(mark + 1) || undefined };
}

/** The path of a request target. */
export function pathOf(target: string): string {
  const bare = withoutOriginAndHash(target);
  const mark = bare.indexOf('?');
  return (mark === -1 ? bare : bare.slice(0, mark)) || '/';
}

function withoutOriginAndHash(target: string): string {
  const rest = target.charCodeAt(0) === SLASH ? target : withoutOrigin(target);
  const hash = rest.indexOf('#');
  return hash === -1 ? rest : rest.slice(0, hash);
}

const SLASH = 0x2f;

function withoutOrigin(target: string): string {
  const origin = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i.exec(target)?.[0].length ?? 0;
  return target.slice(origin);
}
