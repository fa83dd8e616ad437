import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';

/**
 * What of a browser's request Grafana gets to see. A list of what may pass and not of what may not: no header by which Grafana, a
 * plugin or a later version believes who somebody is (X-WEBAUTH-*, X-Forwarded-User, X-Grafana-Id, Authorization, Cookie,
 * X-JWT-Assertion), and none that belongs to a connection (Connection, Transfer-Encoding, Upgrade, TE, Trailer) can slip through by
 * having been forgotten. Its length is set from the body itself.
 */
const toGrafana = [
  'accept',
  'accept-encoding',
  'accept-language',
  'cache-control',
  'content-encoding',
  'content-type',
  'if-modified-since',
  'if-none-match',
  'range',
  'user-agent',
  'x-cache-skip',
  'x-dashboard-title',
  'x-dashboard-uid',
  'x-datasource-uid',
  'x-grafana-device-id',
  'x-grafana-from-expr',
  'x-grafana-org-id',
  'x-panel-id',
  'x-panel-plugin-id',
  'x-plugin-id',
  'x-query-group-id',
] as const;

/** What of Grafana's answer the browser gets to see. No cookie: who somebody is, is known by our own alone. */
const toBrowser = [
  'accept-ranges',
  'cache-control',
  'content-disposition',
  'content-encoding',
  'content-language',
  'content-length',
  'content-range',
  'content-type',
  'date',
  'etag',
  'expires',
  'last-modified',
  'retry-after',
  'vary',
  'x-grafana-cache',
] as const;

/** The headers of a question to Grafana, beside the token and the length. */
export function headersToGrafana(given: IncomingHttpHeaders): OutgoingHttpHeaders {
  return pick(given, toGrafana);
}

/** The headers of an answer to the browser: framed by our own pages only, whatever Grafana says. `Location` is apart. */
export function headersToBrowser(given: IncomingHttpHeaders): OutgoingHttpHeaders {
  const policy = given['content-security-policy'];
  return {
    ...pick(given, toBrowser),
    // Two policies hold both: ours can't loosen Grafana's.
    'content-security-policy': policy === undefined ? FRAMES : `${policy}, ${FRAMES}`,
    'x-frame-options': 'SAMEORIGIN',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'same-origin',
  };
}

const FRAMES = "frame-ancestors 'self'";

function pick(given: IncomingHttpHeaders, names: readonly string[]): OutgoingHttpHeaders {
  // What the sender says belongs to this connection alone (RFC 9110, 7.6.1).
  const ofConnection = (given.connection ?? '').toLowerCase().split(/\s*,\s*/);
  const picked: OutgoingHttpHeaders = {};
  for (const name of names) {
    const value = given[name];
    if (value !== undefined && !ofConnection.includes(name)) picked[name] = value;
  }
  return picked;
}
