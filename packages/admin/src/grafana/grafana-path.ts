import { GrafanaProblem } from './grafana-problem.ts';

/**
 * The path and query to ask Grafana for, from what stands behind the mount path. It stays below the path of Grafana whoever decodes
 * it how often: dot segments, backslashes and control characters are refused, encoded or not. So is a token in the address, which
 * Grafana could be set to believe.
 */
export function grafanaPath(path: string, url: string): string {
  const [given = '', query = ''] = splitOnce(url, '?');
  if (!isPlain(given) || hasToken(query)) {
    throw new GrafanaProblem(
      'ERR_GRAFANA_PATH',
      'Expected the address of a page of Grafana, without ".." and without a token.',
      'Open Grafana from the admin area again.',
    );
  }
  return `${path}${given.startsWith('/') ? '' : '/'}${given}${query === '' ? '' : `?${query}`}`;
}

/**
 * A redirect of Grafana as the browser may follow it: below our path, on our host. Undefined for one that leads elsewhere, which
 * Grafana behind this proxy has no reason for.
 */
export function localLocation(
  location: string,
  { upstream, path, host }: { upstream: URL; path: string; host: string | undefined },
): string | undefined {
  const base = new URL(`${path}/`, upstream).href;
  if (!URL.canParse(location, base)) return undefined;
  const url = new URL(location, base);
  if (!/^https?:$/.test(url.protocol)) return undefined;
  if (url.host !== upstream.host && url.host !== host) return undefined;
  const inside = url.pathname === path || url.pathname.startsWith(`${path}/`);
  return `${inside ? '' : path}${url.pathname}${url.search}${url.hash}`;
}

function isPlain(path: string): boolean {
  let text = path;
  // Thrice encoded is never what a browser sends.
  for (let round = 0; round < 3; round += 1) {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
    if (/[\\\u0000-\u001f\u007f]/.test(text)) return false;
    if (/(^|\/)\.{1,2}(;[^/]*)?(\/|$)/.test(text)) return false;
    const decoded = decode(text);
    if (decoded === undefined) return round > 0;
    if (decoded === text) return true;
    text = decoded;
  }
  return false;
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

function hasToken(query: string): boolean {
  return [...new URLSearchParams(query).keys()].some((name) => /^auth_token$/i.test(name));
}

function splitOnce(text: string, by: string): [string, string] {
  const at = text.indexOf(by);
  return at === -1 ? [text, ''] : [text.slice(0, at), text.slice(at + by.length)];
}
