import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import {
  createServer as createTlsServer,
  type ServerOptions,
  type Server as TlsServer,
} from 'node:https';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { TLSSocket } from 'node:tls';
import { gunzipSync, inflateSync } from 'node:zlib';
import { type AttributesFilter, matches } from './attributes.ts';
import { decodeOtlp } from './decode-otlp.ts';
import { type MetricPoint, metricPoints, seriesKey } from './metric-points.ts';
import type { Signal } from './otlp-messages.ts';
import { partialSuccess } from './partial-success.ts';
import { type PollOptions, pollUntil } from './poll-until.ts';
import { type ReceivedLog, receivedLogs } from './received-logs.ts';
import { type ReceivedSpan, receivedSpans } from './received-spans.ts';
import { stopAtTestEnd } from './stop-at-test-end.ts';

/**
 * How the receiver is ill: an HTTP status, no answer at all, a connection torn down, an answer after `slowMs`, or one that says that of each request
 * it did not take so many items.
 */
export type Fault =
  | number
  | 'hang'
  | 'close'
  | { readonly slowMs: number }
  | { readonly rejects: number };

/** One export as it came in, whether it was accepted or not. */
export interface OtlpRequest {
  readonly signal: Signal;
  readonly encoding: 'protobuf' | 'json';
  readonly headers: IncomingMessage['headers'];
  /** The name (CN) in the certificate of the sender, with TLS. */
  readonly client: string | undefined;
  /** Bytes on the wire, compressed if they were. */
  readonly bytes: number;
  /** False when a fault of the receiver refused it: then its data are not in `points`, `spans` and `logs`. */
  readonly accepted: boolean;
}

type SpanFilter = Partial<Pick<ReceivedSpan, 'name' | 'kind' | 'traceId' | 'parentSpanId'>> & {
  readonly attributes?: AttributesFilter;
};

export interface OtlpReceiver {
  /** For `OTEL_EXPORTER_OTLP_ENDPOINT`. */
  readonly url: string;
  readonly port: number;
  readonly requests: readonly OtlpRequest[];
  /** Bodies that were no OTLP: empty unless the sender is broken. */
  readonly malformed: readonly string[];
  /** The newest point of every series of every resource. */
  metrics(): MetricPoint[];
  /** The newest points of one metric. */
  points(name: string, attributes?: AttributesFilter): MetricPoint[];
  /** Every point of one metric in order of arrival. */
  history(name: string, attributes?: AttributesFilter): MetricPoint[];
  spans(filter?: SpanFilter): ReceivedSpan[];
  logs(attributes?: AttributesFilter): ReceivedLog[];
  /** Waits until `enough` (default: at least one point) holds for `points(name, attributes)`, and returns them. */
  waitForPoints(
    name: string,
    attributes?: AttributesFilter,
    enough?: (points: readonly MetricPoint[]) => boolean,
    options?: PollOptions,
  ): Promise<MetricPoint[]>;
  /** Waits until there are `count` (default 1) such spans, and returns them. */
  waitForSpans(filter?: SpanFilter, count?: number, options?: PollOptions): Promise<ReceivedSpan[]>;
  /** Waits until there are `count` (default 1) such log records, and returns them. */
  waitForLogs(
    attributes?: AttributesFilter,
    count?: number,
    options?: PollOptions,
  ): Promise<ReceivedLog[]>;
  /** Forgets what came in until now. */
  clear(): void;
  /** Another certificate from now on; connections are made anew. Only where it spoke TLS from the start. */
  useTls(tls: ServerOptions): void;
  /** Makes it an ill Collector; without an argument it is well again. */
  failWith(fault?: Fault): void;
  /** Tears down every connection and stops. Idempotent. */
  close(): Promise<void>;
}

/**
 * An OTLP/HTTP receiver (protobuf and JSON, gzip) that a test can ask what arrived. Listens on 127.0.0.1 and a free port
 * unless told otherwise; closes at the end of the Vitest test that started it.
 *
 * @example
 * const receiver = await startOtlpReceiver();
 * runProgram({ file, env: { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url } });
 * const [point] = await receiver.waitForPoints('http.server.request.duration', { 'http.route': '/orders/:id' });
 */
export async function startOtlpReceiver({
  port = 0,
  host = '127.0.0.1',
  forwardTo,
  tls,
}: {
  readonly port?: number;
  readonly host?: string;
  /** Stands in the way instead of at its end: what was accepted goes on to this OTLP/HTTP address, whose answer is given back. */
  readonly forwardTo?: string;
  /** Speaks TLS. */
  readonly tls?: ServerOptions;
} = {}): Promise<OtlpReceiver> {
  const requests: OtlpRequest[] = [];
  const malformed: string[] = [];
  let points: MetricPoint[] = [];
  let spans: ReceivedSpan[] = [];
  let logs: ReceivedLog[] = [];
  let fault: Fault | undefined;

  function accept(signal: Signal, encoding: 'protobuf' | 'json', body: Buffer): void {
    if (signal === 'metrics') {
      points = points.concat(metricPoints(decodeOtlp(signal, encoding, body)));
    } else if (signal === 'traces') {
      spans = spans.concat(receivedSpans(decodeOtlp(signal, encoding, body)));
    } else {
      logs = logs.concat(receivedLogs(decodeOtlp(signal, encoding, body)));
    }
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const raw = Buffer.concat(await request.toArray());
    const signal = /^\/v1\/(metrics|traces|logs)$/.exec(request.url ?? '')?.[1] as
      | Signal
      | undefined;
    if (signal === undefined || request.method !== 'POST') {
      malformed.push(`${request.method} ${request.url}`);
      response.writeHead(404).end();
      return;
    }
    const json = /^application\/json\b/.test(request.headers['content-type'] ?? '');
    const encoding = json ? 'json' : 'protobuf';
    const now = fault;
    const accepted = now === undefined || typeof now === 'object';
    requests.push({
      signal,
      encoding,
      headers: request.headers,
      client: clientOf(request),
      bytes: raw.length,
      accepted,
    });
    if (now === 'hang') return;
    if (now === 'close') {
      request.socket.destroy();
      return;
    }
    if (typeof now === 'number') {
      response.writeHead(now, { 'content-type': 'text/plain' }).end('the receiver is told to fail');
      return;
    }
    const rejects = now !== undefined && 'rejects' in now ? now.rejects : 0;
    if (now !== undefined && 'slowMs' in now) await wait(now.slowMs, undefined, { ref: false });
    try {
      accept(signal, encoding, decompress(raw, request.headers['content-encoding']));
    } catch (error) {
      malformed.push(`${signal} ${encoding}: ${error}`);
      response.writeHead(400, { 'content-type': 'text/plain' }).end(String(error));
      return;
    }
    if (forwardTo !== undefined) {
      await forward(forwardTo, request, raw, response);
      return;
    }
    response
      .writeHead(200, { 'content-type': json ? 'application/json' : 'application/x-protobuf' })
      .end(partialSuccess(signal, json, rejects));
  }

  const onRequest = (request: IncomingMessage, response: ServerResponse) => {
    answer(request, response).catch(() => request.socket.destroy());
  };
  const server = tls === undefined ? createServer(onRequest) : createTlsServer(tls, onRequest);
  server.listen(port, host);
  await once(server, 'listening');
  const address = server.address() as AddressInfo;
  const history = (name: string, filter?: AttributesFilter) =>
    points.filter((point) => point.name === name && matches(point.attributes, filter));

  let closed: Promise<void> | undefined;
  const receiver: OtlpReceiver = {
    url: `http${tls === undefined ? '' : 's'}://${host.includes(':') ? `[${host}]` : host}:${address.port}`,
    port: address.port,
    requests,
    malformed,
    metrics: () => newest(points),
    points: (name, filter) => newest(history(name, filter)),
    history,
    spans: (filter) => spans.filter((span) => isWanted(span, filter)),
    logs: (filter) => logs.filter((log) => matches(log.attributes, filter)),
    waitForPoints: (name, filter, enough = (found) => found.length > 0, options = {}) => {
      const wanted = `${name} ${JSON.stringify(filter ?? {})}`;
      return pollUntil(
        () => {
          const found = receiver.points(name, filter);
          if (enough(found)) return found;
          throw new Error(seen(receiver, found));
        },
        { message: wanted, ...options },
      );
    },
    waitForSpans: (filter, count = 1, options = {}) =>
      pollUntil(
        () => {
          const found = receiver.spans(filter);
          if (found.length >= count) return found;
          throw new Error(`${found.length} of these spans: ${spans.map((s) => s.name).join(', ')}`);
        },
        { message: `${count} span(s) ${JSON.stringify(filter ?? {})}`, ...options },
      ),
    waitForLogs: (filter, count = 1, options = {}) =>
      pollUntil(
        () => {
          const found = receiver.logs(filter);
          return found.length >= count && found;
        },
        { message: `${count} log record(s) ${JSON.stringify(filter ?? {})}`, ...options },
      ),
    clear: () => {
      requests.length = 0;
      malformed.length = 0;
      points = [];
      spans = [];
      logs = [];
    },
    useTls: (next) => {
      (server as TlsServer).setSecureContext(next);
      server.closeAllConnections();
    },
    failWith: (next) => {
      fault = next;
    },
    close: () => {
      closed ??= new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
      return closed;
    },
  };
  stopAtTestEnd(receiver.close);
  return receiver;
}

async function forward(
  to: string,
  { url, headers }: IncomingMessage,
  body: Buffer<ArrayBuffer>,
  response: ServerResponse,
): Promise<void> {
  const answer = await fetch(new URL(url ?? '', to), {
    method: 'POST',
    headers: {
      'content-type': headers['content-type'] ?? '',
      ...(headers['content-encoding'] && { 'content-encoding': headers['content-encoding'] }),
    },
    body,
  });
  response
    .writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' })
    .end(Buffer.from(await answer.arrayBuffer()));
}

function clientOf({ socket }: IncomingMessage): string | undefined {
  const { subject } = (socket as Partial<TLSSocket>).getPeerCertificate?.() ?? {};
  return subject === undefined ? undefined : String(subject.CN);
}

function newest(points: readonly MetricPoint[]): MetricPoint[] {
  const latest = new Map<string, MetricPoint>();
  for (const point of points) {
    const key = seriesKey(point);
    const known = latest.get(key);
    if (known === undefined || known.time <= point.time) latest.set(key, point);
  }
  return [...latest.values()];
}

function isWanted(span: ReceivedSpan, { attributes, ...equal }: SpanFilter = {}): boolean {
  return (
    matches(span.attributes, attributes) &&
    Object.entries(equal).every(([key, value]) => span[key as keyof ReceivedSpan] === value)
  );
}

/** What a test that waited in vain wants to read. */
function seen(receiver: OtlpReceiver, found: readonly MetricPoint[]): string {
  const names = [...new Set(receiver.metrics().map(({ name }) => name))].sort().join(', ');
  const values = found.map(({ attributes, value, count }) => ({
    attributes,
    value: value ?? count,
  }));
  return `${JSON.stringify(values, (_, v) => (typeof v === 'bigint' ? `${v}n` : v))}; metrics that arrived: ${names || 'none'}`;
}

function decompress(body: Buffer, encoding: string | undefined): Buffer {
  if (encoding === 'gzip') return gunzipSync(body);
  return encoding === 'deflate' ? inflateSync(body) : body;
}
