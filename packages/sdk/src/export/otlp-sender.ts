import { context, diag, ROOT_CONTEXT } from '@opentelemetry/api';
import { suppressTracing } from '@opentelemetry/core';
import { pathWithoutSecrets } from '../redaction/path-without-secrets.ts';
import type { ExportEnd, ExporterMetrics } from '../self-metrics/exporter-metrics.ts';
import { exportFailure } from './export-failure.ts';
import { type OtlpAnswer, rejectedItems } from './otlp-answer.ts';
import type { OtlpHttpOptions } from './otlp-http-options.ts';
import type { OtlpTls } from './otlp-tls.ts';
import { OtlpTransport } from './otlp-transport.ts';
import type { OtlpRequest, Outbox } from './outbox.ts';

/** What became of a request: `lost` has no answer, or a last one that asked to come again. */
export type Delivery = 'accepted' | 'refused' | 'lost';

/** Sends bodies to one address, known to the outbox while they are on their way, and says what goes wrong. */
export class OtlpSender {
  readonly #transport: OtlpTransport;
  readonly #url: string;
  readonly #target: URL;
  readonly #tls: OtlpTls;
  readonly #readAnswer: (body: Uint8Array) => OtlpAnswer;
  readonly #outbox: Outbox;
  readonly #metrics: ExporterMetrics | undefined;
  #headers: Readonly<Record<string, string>> = {};

  constructor(
    options: OtlpHttpOptions,
    readAnswer: (body: Uint8Array) => OtlpAnswer,
    outbox: Outbox,
    metrics: ExporterMetrics | undefined,
  ) {
    this.#url = options.url;
    this.#transport = new OtlpTransport(options, outbox.token);
    this.#target = new URL(options.url);
    this.#tls = options.tls;
    this.#readAnswer = readAnswer;
    this.#outbox = outbox;
    this.#metrics = metrics;
    options.headers().then((headers) => {
      this.#headers = headers;
    });
  }

  /** Never rejects. The body, of so many items, must not change before it resolves. Its own request is not traced. */
  send(body: Uint8Array, items: number): Promise<Delivery> {
    const sending = context.with(suppressTracing(ROOT_CONTEXT), () => this.#send(body, items));
    this.#outbox.add(sending, this.requestFor(body));
    return sending;
  }

  /** This body as a request, for the last moment of the process. */
  requestFor(body: Uint8Array): OtlpRequest {
    const headers = { ...this.#headers, ...this.#outbox.token?.headerFor(this.#target) };
    const isSecure = this.#target.protocol === 'https:';
    return { url: this.#url, headers, body, ...(isSecure && { tls: this.#tls.texts }) };
  }

  close(): void {
    this.#transport.close();
  }

  /** Why one more export does not start. */
  tooMany(limit: number): string {
    return `the Collector is slow or down: ${limit} exports to ${withoutSecrets(this.#url)} are on their way, the next ones are dropped [ERR_EXPORT_DROPPED]`;
  }

  async #send(body: Uint8Array, items: number): Promise<Delivery> {
    const ended = this.#metrics?.begin(items);
    const { delivery, ...end } = await this.#deliver(body);
    ended?.(end);
    return delivery;
  }

  async #deliver(body: Uint8Array): Promise<ExportEnd & { readonly delivery: Delivery }> {
    try {
      const result = await this.#transport.send(body, () => this.#outbox.hurry);
      const { httpStatus } = result;
      if (result.status === 'success')
        return { delivery: 'accepted', httpStatus, rejected: this.#rejectedBy(result.body) };
      this.#sayFailure(result.error);
      const isRefused = result.status === 'failure' && httpStatus !== undefined;
      return {
        delivery: isRefused ? 'refused' : 'lost',
        httpStatus,
        errorType: result.errorType,
      };
    } catch (error) {
      this.#sayFailure(error as Error);
      return { delivery: 'lost', errorType: (error as Error).name };
    }
  }

  #sayFailure(error: Error): void {
    diag.error(
      `export to ${withoutSecrets(this.#url)} failed: ${exportFailure(error)} [ERR_EXPORT]`,
    );
  }

  /** How many items the answer says were not taken of a request that was. */
  #rejectedBy(body: Uint8Array): number {
    if (body.byteLength === 0) return 0;
    try {
      const answer = this.#readAnswer(body);
      const message = answer.partialSuccess?.errorMessage;
      if (message) diag.warn(`export to ${withoutSecrets(this.#url)}: partly refused: ${message}`);
      return rejectedItems(answer);
    } catch {
      diag.debug(`export to ${withoutSecrets(this.#url)}: the answer is no OTLP`);
      return 0;
    }
  }
}

function withoutSecrets(address: string): string {
  const { origin, pathname } = new URL(address);
  return `${origin}${pathWithoutSecrets(pathname)}`;
}
