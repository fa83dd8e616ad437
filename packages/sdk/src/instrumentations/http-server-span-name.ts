import { type HttpMethod, methodInSpanName } from './http-method.ts';

/** Routes are written by the application, so they are few; a program that makes them up as it goes gets no cache for the rest. */
const MOST = 2_000;

const names = new Map<string, Map<HttpMethod, string>>();
let known = 0;

/** `GET /t/:id`: the same string each time, which an exporter knows again without reading it. */
export function spanName(method: HttpMethod, route: string): string {
  const ofRoute = names.get(route);
  const name = ofRoute?.get(method);
  return name ?? added(method, route, ofRoute);
}

function added(
  method: HttpMethod,
  route: string,
  ofRoute: Map<HttpMethod, string> | undefined,
): string {
  const name = `${methodInSpanName(method)} ${route}`;
  if (known >= MOST) return name;
  known += 1;
  if (ofRoute === undefined) names.set(route, new Map([[method, name]]));
  else ofRoute.set(method, name);
  return name;
}
