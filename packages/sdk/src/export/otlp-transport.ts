import type { IncomingMessage } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { BearerToken } from './bearer-token.ts';
import type { OtlpHttpOptions } from './otlp-http-options.ts';
import { OtlpAgent } from './otlp-tls.ts';

/** How one export ended: what the Collector said, or why it did not arrive. */
export type SendResult =
  | { readonly status: 'success'; readonly body: Uint8Array; readonly httpStatus: number }
  | (Failed & { readonly status: 'retryable'; readonly afterMs?: number })
  | (Failed & { readonly status: 'failure' });

interface Failed {
  readonly error: Error;
  /** Few words for what went wrong: an HTTP status, the code of a system error, `timeout`. */
  readonly errorType: string;
  /** What the Collector answered, if it did. */
  readonly httpStatus?: number;
}

const FIRST_BACKOFF_MS = 1_000;
const LONGEST_BACKOFF_MS = 5_000;
const BACKOFF_FACTOR = 1.5;
const JITTER = 0.2;
const LARGEST_RESPONSE = 4 * 1024 * 1024;
const RETRYABLE_STATUS = new Set([429, 502, 503, 504]);
const RETRYABLE_ERRORS = new Set([
  'ECONNRESET',
  'ECONNREFUSED',
  'EPIPE',
  'ETIMEDOUT',
  'EAI_AGAIN',
  'ENOTFOUND',
  'ENETUNREACH',
  'EHOSTUNREACH',
]);

/**
 * OTLP over HTTP whose sockets and timers never keep the process alive; upstream's do, for as long as an export may take.
 *
 * Retries as the specification says (https://opentelemetry.io/docs/specs/otlp/#failures-1) until `timeoutMs` is over.
 */
export class OtlpTransport {
  readonly #options: OtlpHttpOptions;
  readonly #url: URL;
  readonly #agent: OtlpAgent;
  readonly #token: BearerToken | undefined;

  constructor(options: OtlpHttpOptions, token: BearerToken | undefined) {
    this.#options = options;
    this.#url = new URL(options.url);
    this.#agent = new OtlpAgent(this.#url, options.tls);
    this.#token = token;
  }

  /** `hurry` cuts the pause before a retry short; once it is aborted, a try that fails is the last. */
  async send(body: Uint8Array, hurry: () => AbortSignal): Promise<SendResult> {
    const deadline = performance.now() + this.#options.timeoutMs;
    const payload = this.#options.compression === 'gzip' ? await compressed(body) : body;
    for (let backoff = FIRST_BACKOFF_MS; ; backoff *= BACKOFF_FACTOR) {
      const result = await this.#post(payload, deadline - performance.now());
      const signal = hurry();
      if (result.status !== 'retryable' || signal.aborted) return result;
      const jitter = 1 + (Math.random() * 2 - 1) * JITTER;
      // A Collector that says "at once" gets no more than one that says nothing.
      const pause = Math.max(result.afterMs ?? 0, Math.min(backoff * jitter, LONGEST_BACKOFF_MS));
      if (performance.now() + pause > deadline) return result;
      await delay(pause, undefined, { ref: false, signal }).catch(() => {});
      // An event loop that was held up comes late.
      if (performance.now() > deadline) return result;
    }
  }

  close(): void {
    this.#agent.destroy();
  }

  async #post(payload: Uint8Array, timeoutMs: number): Promise<SendResult> {
    const headers = {
      ...(await this.#options.headers()),
      ...this.#token?.headerFor(this.#url),
      'Content-Length': String(payload.byteLength),
      ...(this.#options.compression === 'gzip' && { 'Content-Encoding': 'gzip' }),
    };
    const agent = this.#agent.get();
    // Loaded with the first export: TLS is a good part of the time to start.
    const { request } = process.getBuiltinModule(
      this.#url.protocol === 'https:' ? 'node:https' : 'node:http',
    );
    return new Promise((resolve) => {
      const outgoing = request(this.#url, { method: 'POST', headers, agent });
      const timer = setTimeout(() => {
        outgoing.destroy();
        resolve({
          status: 'failure',
          error: new Error(`no answer within ${this.#options.timeoutMs} ms`),
          errorType: 'timeout',
        });
      }, timeoutMs).unref();
      outgoing.on('socket', (socket) => socket.unref());
      outgoing.on('close', () => clearTimeout(timer));
      outgoing.on('error', (error) => resolve(afterError(error)));
      // 101: without a listener Node.js closes the connection and says nothing.
      outgoing.on('upgrade', (response, socket) => {
        socket.destroy();
        resolve(afterResponse(response, new Uint8Array()));
      });
      outgoing.on('response', (response) => {
        readBody(response).then(
          (body) => resolve(afterResponse(response, body)),
          (error) => resolve(afterError(error)),
        );
      });
      outgoing.end(payload);
    });
  }
}

function compressed(body: Uint8Array): Promise<Uint8Array> {
  return promisify(process.getBuiltinModule('node:zlib').gzip)(body);
}

/** Nothing for an answer that is too long to read: its status says what became of the request. */
async function readBody(response: IncomingMessage): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > LARGEST_RESPONSE) return new Uint8Array();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function afterError(error: Error): SendResult {
  const errorType = (error as NodeJS.ErrnoException).code ?? error.name;
  return { status: RETRYABLE_ERRORS.has(errorType) ? 'retryable' : 'failure', error, errorType };
}

function afterResponse(response: IncomingMessage, body: Uint8Array): SendResult {
  const httpStatus = response.statusCode ?? 0;
  if (httpStatus >= 200 && httpStatus <= 299) return { status: 'success', body, httpStatus };
  const error = new Error(`HTTP ${httpStatus} ${response.statusMessage ?? ''}`.trim());
  const failed = { error, errorType: String(httpStatus), httpStatus };
  if (!RETRYABLE_STATUS.has(httpStatus)) return { status: 'failure', ...failed };
  const afterMs = retryAfterMs(response.headers['retry-after']);
  return { status: 'retryable', ...failed, ...(afterMs !== undefined && { afterMs }) };
}

/** `Retry-After` is in seconds or a date. */
function retryAfterMs(header: string | undefined): number | undefined {
  if (header === undefined) return undefined;
  const ms = /^\d+$/.test(header) ? Number(header) * 1_000 : Date.parse(header) - Date.now();
  return Number.isFinite(ms) && ms >= 0 ? ms : undefined;
}
