// Hot: runs once per request. Allocate nothing that a request without a recorded span does not need. Bench: ./http-server.bench.ts
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { type RequestStore, recordAs, type TenantRef } from '@bellwether/meters/runtime';
import { type Context, ROOT_CONTEXT, type Span, SpanStatusCode } from '@opentelemetry/api';
import { RPCType } from '@opentelemetry/core';
import { guard } from './guard.ts';
import { type HeaderCapture, writtenHeader } from './http-capture.ts';
import { httpMeters } from './http-meters.ts';
import type { HttpMethod } from './http-method.ts';
import { type Scheme, sentStatus } from './http-server-attributes.ts';
import { activeRequestsOf, recordServerDuration } from './http-server-series.ts';
import { spanName } from './http-server-span-name.ts';
import { protocolVersion } from './http-version.ts';

/** What a request that did not end well failed with, when no status code says it. */
export type Failure = 'aborted' | 'exception';

const exchangeOf = Symbol('bellwether.exchange');

type Carrying = { [exchangeOf]?: ServerExchange };

/** The exchange that a server's request or response belongs to; `undefined` for every other object. */
export function serverExchangeOf(message: object): ServerExchange | undefined {
  return (message as Carrying)[exchangeOf];
}

/** Makes an object belong to an exchange, beside its request and response. */
export function carryExchange(message: object, exchange: ServerExchange): void {
  (message as Carrying)[exchangeOf] = exchange;
}

/**
 * One request and its response, from the server's `request` event to the end of the response. It is the request store that holds
 * the tenant and the route, and the RPC metadata through which other instrumentations name the route.
 */
export class ServerExchange implements RequestStore {
  route: string | undefined = undefined;
  readonly type = RPCType.HTTP;
  readonly method: HttpMethod;
  readonly scheme: Scheme;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  context: Context = ROOT_CONTEXT;
  span!: Span;
  /** Where requests are counted by country. */
  country: string | undefined = undefined;
  /** Which headers of the response its span says. */
  responseHeaders: HeaderCapture = undefined;
  /** The connection on which the response waits for its turn. */
  waitsOn: Socket | undefined = undefined;
  /** What Node itself had listen, before the application could. */
  readonly listenersOfFinish: number;

  readonly #startMs = performance.now();
  #tenant: TenantRef | undefined = undefined;
  #state: 'made' | 'active' | 'ended' = 'made';
  #streams = false;

  constructor(
    request: IncomingMessage,
    response: ServerResponse,
    method: HttpMethod,
    scheme: Scheme,
  ) {
    this.request = request;
    this.response = response;
    this.method = method;
    this.scheme = scheme;
    this.listenersOfFinish = response.listenerCount('finish');
    carryExchange(request, this);
    carryExchange(response, this);
  }

  get tenant(): TenantRef | undefined {
    return this.#tenant;
  }

  /** Whoever names the tenant while the request runs moves it from one `http.server.active_requests` to the other. */
  set tenant(tenant: TenantRef | undefined) {
    if (tenant === this.#tenant) return;
    if (this.#state !== 'active') {
      this.#tenant = tenant;
      return;
    }
    recordAs(this, () => {
      this.#countActive(-1);
      this.#tenant = tenant;
      this.#countActive(1);
    });
  }

  /** Whether the head of the response has gone out. */
  get isAnswered(): boolean {
    return this.response.headersSent;
  }

  /** Counts the request among the active ones. */
  begin(): void {
    this.#state = 'active';
    recordAs(this, () => this.#countActive(1));
  }

  /**
   * The head of a response without an end has gone out: the request is answered and recorded now, with the time that its client
   * waited. It stays among the active ones, and its span goes on, until the connection ends.
   */
  streams(): void {
    if (this.#state !== 'active' || this.#streams) return;
    this.#streams = true;
    const status = sentStatus(this.response);
    recordAs(this, () => this.#record(status, errorOf(status)));
  }

  /** Records the request. Only the first call counts. */
  end(failure: Failure | undefined): void {
    if (this.#state === 'ended') return;
    const status = sentStatus(this.response);
    // Whoever reads a stream ends it by going.
    const errorType =
      (this.#streams && failure === 'aborted' ? undefined : failure) ?? errorOf(status);
    recordAs(this, () => {
      this.#countActive(-1);
      // Not before: a tenant that has just lost or found its place takes the count along.
      this.#state = 'ended';
      if (!this.#streams) this.#record(status, errorType);
    });
    this.#endSpan(status, errorType);
  }

  #countActive(change: 1 | -1): void {
    countActive(change, this.method, this.scheme);
  }

  #record(status: number | undefined, errorType: string | undefined): void {
    recordServerDuration(
      (performance.now() - this.#startMs) / 1_000,
      this.method,
      this.scheme,
      this.route,
      status,
      protocolVersion(this.request.httpVersion),
      errorType,
    );
    if (this.country !== undefined) {
      httpMeters.serverCountries.add(1, { 'geo.country.iso_code': this.country });
    }
  }

  #endSpan(status: number | undefined, errorType: string | undefined): void {
    const { span, route } = this;
    if (span.isRecording()) {
      if (status !== undefined) span.setAttribute('http.response.status_code', status);
      if (errorType !== undefined) {
        span.setAttribute('error.type', errorType);
        span.setStatus({ code: SpanStatusCode.ERROR });
      }
      if (route !== undefined) {
        span.setAttribute('http.route', route);
        span.updateName(spanName(this.method, route));
      }
      if (this.responseHeaders !== undefined) {
        span.setAttributes(this.responseHeaders((name) => writtenHeader(this.response, name)));
      }
    }
    span.end();
  }
}

function errorOf(status: number | undefined): string | undefined {
  return status !== undefined && status >= 500 ? String(status) : undefined;
}

const countActive = guard(
  'counting an HTTP request',
  (change: 1 | -1, method: HttpMethod, scheme: Scheme) => {
    activeRequestsOf(method, scheme).add(change);
  },
);
