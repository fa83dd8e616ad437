import {
  type Context,
  context as contextApi,
  type Span,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import {
  ATTR_ERROR_TYPE,
  ATTR_HTTP_REQUEST_METHOD,
  ATTR_HTTP_REQUEST_METHOD_ORIGINAL,
  ATTR_HTTP_RESPONSE_STATUS_CODE,
  ATTR_NETWORK_PEER_ADDRESS,
  ATTR_NETWORK_PEER_PORT,
  ATTR_NETWORK_PROTOCOL_VERSION,
  ATTR_SERVER_ADDRESS,
  ATTR_SERVER_PORT,
  ATTR_URL_FULL,
  ATTR_USER_AGENT_ORIGINAL,
} from '@opentelemetry/semantic-conventions';
import { toldError } from '../redaction/exception.ts';
import { boundedPorts } from './bounded-ports.ts';
import type { HeaderValue, HttpCapture } from './http-capture.ts';
import { httpMeters } from './http-meters.ts';
import { type HttpMethod, httpMethod, methodInSpanName } from './http-method.ts';
import { type HttpVersion, protocolVersion } from './http-version.ts';

/** What a client knows of a request before it leaves. */
export interface OutgoingRequest {
  readonly method: string;
  readonly host: string;
  readonly port: number | undefined;
  /** What its span may say. */
  readonly capture: HttpCapture;
  /** Asked for only when the span is recorded. Credentials and the query must be redacted. */
  readonly url: () => string;
  readonly userAgent: () => string | undefined;
}

interface Peer {
  readonly remoteAddress?: string | undefined;
  readonly remotePort?: number | undefined;
}

const metricPort = boundedPorts(50);

/** One HTTP request of a client: its span and `http.client.request.duration`, recorded once. */
export class HttpClientCall {
  /** The context in which the request travels: the caller's with the client span. */
  readonly context: Context;

  readonly #capture: HttpCapture;
  readonly #caller: Context;
  readonly #span: Span;
  readonly #method: HttpMethod;
  readonly #host: string;
  readonly #port: number | undefined;
  readonly #startMs = performance.now();
  #status: number | undefined;
  #version: HttpVersion | undefined;
  #ended = false;

  constructor(tracer: Tracer, request: OutgoingRequest) {
    this.#capture = request.capture;
    this.#caller = contextApi.active();
    this.#method = httpMethod(request.method);
    this.#host = request.host;
    this.#port = request.port;
    this.#span = tracer.startSpan(
      methodInSpanName(this.#method),
      {
        kind: SpanKind.CLIENT,
        attributes: {
          [ATTR_HTTP_REQUEST_METHOD]: this.#method,
          [ATTR_SERVER_ADDRESS]: request.host,
          [ATTR_SERVER_PORT]: request.port,
        },
      },
      this.#caller,
    );
    if (this.#span.isRecording()) {
      this.#span.setAttributes({
        [ATTR_HTTP_REQUEST_METHOD_ORIGINAL]:
          this.#method === request.method ? undefined : request.method,
        [ATTR_URL_FULL]: request.url(),
        [ATTR_USER_AGENT_ORIGINAL]: request.userAgent(),
      });
    }
    this.context = trace.setSpan(this.#caller, this.#span);
  }

  /** The head of the response has come. */
  response(status: number, httpVersion: string): void {
    this.#status = status;
    this.#version = protocolVersion(httpVersion);
  }

  /** What was sent and what came back, of which the span says the headers that the operator wants. */
  headers(request: HeaderValue, response: HeaderValue): void {
    const { clientRequest, clientResponse } = this.#capture;
    if (clientRequest !== undefined) this.#span.setAttributes(clientRequest(request));
    if (clientResponse !== undefined) this.#span.setAttributes(clientResponse(response));
  }

  /** The connection on which the request went. */
  peer({ remoteAddress, remotePort }: Peer): void {
    if (!this.#span.isRecording()) return;
    this.#span.setAttributes({
      [ATTR_NETWORK_PEER_ADDRESS]: remoteAddress,
      [ATTR_NETWORK_PEER_PORT]: remotePort,
    });
  }

  /** The response is complete, or the request has failed. Only the first call counts. */
  end(error: unknown): void {
    if (this.#ended) return;
    this.#ended = true;
    const status = this.#status;
    const errorType =
      errorTypeOf(error) ?? (status !== undefined && status >= 400 ? String(status) : undefined);
    const seconds = (performance.now() - this.#startMs) / 1_000;
    if (contextApi.active() === this.#caller) this.#record(seconds, errorType);
    else contextApi.with(this.#caller, () => this.#record(seconds, errorType));
    this.#endSpan(error, errorType);
  }

  #record(seconds: number, errorType: string | undefined): void {
    httpMeters.clientDuration.record(seconds, {
      'http.request.method': this.#method,
      'server.address': this.#host,
      'server.port': metricPort(this.#port),
      'http.response.status_code': this.#status,
      'network.protocol.version': this.#version,
      'error.type': errorType,
    });
  }

  #endSpan(error: unknown, errorType: string | undefined): void {
    if (this.#span.isRecording()) {
      const told =
        error instanceof Error ? toldError(error, this.#capture.errorMessages) : undefined;
      this.#span.setAttributes({
        [ATTR_HTTP_RESPONSE_STATUS_CODE]: this.#status,
        [ATTR_NETWORK_PROTOCOL_VERSION]: this.#version,
        [ATTR_ERROR_TYPE]: errorType,
      });
      if (errorType !== undefined) {
        this.#span.setStatus({
          code: SpanStatusCode.ERROR,
          ...(told?.message !== undefined && { message: told.message }),
        });
      }
      if (told !== undefined) this.#span.recordException(told.exception);
    }
    this.#span.end();
  }
}

/** The code of a system error (`ECONNREFUSED`), else the name of the error's class; both are few. */
function errorTypeOf(error: unknown): string | undefined {
  if (error === undefined || error === null) return undefined;
  const { code, name } = error as { code?: unknown; name?: unknown };
  if (typeof code === 'string' && code !== '') return code;
  return typeof name === 'string' && name !== '' ? name : '_OTHER';
}
