// Hot: finds the series of a request without looking its attributes up. Bench: ./http-server.bench.ts
import { httpMeters } from './http-meters.ts';
import type { HttpMethod } from './http-method.ts';
import type { Scheme } from './http-server-attributes.ts';
import type { HttpVersion } from './http-version.ts';

type Active = ReturnType<typeof httpMeters.activeRequests.bind>;
type Duration = ReturnType<typeof httpMeters.serverDuration.bind>;

/** What requests of one route had in common, and where their durations go. */
interface Ending {
  readonly method: HttpMethod;
  readonly scheme: Scheme;
  readonly status: number | undefined;
  readonly version: HttpVersion | undefined;
  readonly errorType: string | undefined;
  readonly duration: Duration;
}

/** Routes and endings of a route that are kept at most; of what is more the attributes are looked up each time. */
const ROUTE_LIMIT = 1_000;
const ENDING_LIMIT = 8;

const active: Record<Scheme, Map<HttpMethod, Active>> = { http: new Map(), https: new Map() };
const endings = new Map<string | undefined, Ending[]>();

/** The `http.server.active_requests` of a method and scheme, of the tenant of whoever counts. */
export function activeRequestsOf(method: HttpMethod, scheme: Scheme): Active {
  const known = active[scheme].get(method);
  if (known !== undefined) return known;
  const made = httpMeters.activeRequests.bind({
    'http.request.method': method,
    'url.scheme': scheme,
  });
  active[scheme].set(method, made);
  return made;
}

/** Records one `http.server.request.duration`, of the tenant of whoever calls. */
export function recordServerDuration(
  seconds: number,
  method: HttpMethod,
  scheme: Scheme,
  route: string | undefined,
  status: number | undefined,
  version: HttpVersion | undefined,
  errorType: string | undefined,
): void {
  let known = endings.get(route);
  if (known === undefined) {
    known = [];
    if (endings.size < ROUTE_LIMIT) endings.set(route, known);
  }
  for (const ending of known) {
    if (
      ending.status === status &&
      ending.method === method &&
      ending.errorType === errorType &&
      ending.version === version &&
      ending.scheme === scheme
    ) {
      ending.duration.record(seconds);
      return;
    }
  }
  const attributes = {
    'http.request.method': method,
    'url.scheme': scheme,
    'http.response.status_code': status,
    'http.route': route,
    'network.protocol.version': version,
    'error.type': errorType,
  };
  if (known.length < ENDING_LIMIT) {
    const duration = httpMeters.serverDuration.bind(attributes);
    known.push({ method, scheme, status, version, errorType, duration });
    duration.record(seconds);
  } else httpMeters.serverDuration.record(seconds, attributes);
}
