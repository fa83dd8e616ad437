import { oneOf, optional, upTo } from '../attributes/kinds.ts';
import { counter, histogram, upDownCounter } from '../catalog/definition.ts';

const boundaries = [
  0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10,
] as const;

/** The methods that semantic conventions know; all others are `_OTHER`, so that a caller can't invent series. */
export const knownMethods = [
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'DELETE',
  'CONNECT',
  'OPTIONS',
  'TRACE',
  'PATCH',
  'QUERY',
] as const;

/** The values of `network.protocol.version`. */
export const httpVersions = ['1.0', '1.1', '2', '3'] as const;

const method = oneOf(...knownMethods, '_OTHER');
const status = optional(upTo(60, 'int'));
const version = optional(oneOf(...httpVersions));
const errorType = optional(upTo(50));

/**
 * The HTTP metrics of semantic conventions.
 *
 * @see https://opentelemetry.io/docs/specs/semconv/http/http-metrics/
 */
export const httpConventions = {
  serverDuration: histogram('http.server.request.duration', {
    unit: 's',
    description: 'Duration of HTTP server requests.',
    boundaries,
    attributes: {
      'http.request.method': method,
      'url.scheme': oneOf('http', 'https'),
      'http.response.status_code': status,
      'http.route': optional(upTo(1_000)),
      'network.protocol.version': version,
      'error.type': errorType,
    },
  }),
  activeRequests: upDownCounter('http.server.active_requests', {
    unit: '{request}',
    description: 'Number of active HTTP server requests.',
    attributes: {
      'http.request.method': method,
      'url.scheme': oneOf('http', 'https'),
    },
  }),
  /** Ours: recorded only where `BELLWETHER_COUNTRY_HEADER` names the header of a trusted edge. */
  serverCountries: counter('http.server.request.countries', {
    unit: '{request}',
    description:
      'HTTP server requests by the country that a trusted edge names: ISO 3166 two-letter code, or __other__.',
    attributes: { 'geo.country.iso_code': upTo(250) },
  }),
  /** Ours: semantic conventions have nothing for what never became a request. */
  serverClientErrors: counter('http.server.client_errors', {
    unit: '{error}',
    description:
      'Connections to HTTP servers on which no request could be read: malformed, too large or too late ones, which Node.js answers by itself, and broken connections.',
    attributes: { 'error.type': upTo(50) },
    tenant: false,
  }),
  clientDuration: histogram('http.client.request.duration', {
    unit: 's',
    description: 'Duration of HTTP client requests.',
    boundaries,
    attributes: {
      'http.request.method': method,
      'server.address': upTo(200),
      'server.port': optional(upTo(50, 'int')),
      'http.response.status_code': status,
      'network.protocol.version': version,
      'error.type': errorType,
    },
  }),
} as const;
