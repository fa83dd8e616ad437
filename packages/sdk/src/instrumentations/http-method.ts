import { knownMethods } from '@bellwether/meters/conventions';

export type HttpMethod = (typeof knownMethods)[number] | '_OTHER';

const known = new Map<string, HttpMethod>(
  knownMethods.flatMap((method) => [
    [method, method],
    [method.toLowerCase(), method],
  ]),
);

/** @see https://opentelemetry.io/docs/specs/semconv/http/http-spans/#http-client-span (http.request.method) */
export function httpMethod(method: string | undefined): HttpMethod {
  return method === undefined ? 'GET' : (known.get(method) ?? '_OTHER');
}

/** How a span begins its name: the method, or `HTTP` where the method is not a known one. */
export function methodInSpanName(method: HttpMethod): string {
  return method === '_OTHER' ? 'HTTP' : method;
}
