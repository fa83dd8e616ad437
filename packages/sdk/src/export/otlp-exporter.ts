import { diag } from '@opentelemetry/api';
import { type ExportResult, ExportResultCode } from '@opentelemetry/core';
import type { ISerializer } from '@opentelemetry/otlp-transformer';
import { type ExporterMetrics, NOT_SERIALIZABLE } from '../self-metrics/exporter-metrics.ts';
import type { OtlpAnswer } from './otlp-answer.ts';
import type { OtlpHttpOptions } from './otlp-http-options.ts';
import { OtlpSender } from './otlp-sender.ts';
import type { OtlpRequest, Outbox } from './outbox.ts';

export interface OtlpExporterOptions<Internal> {
  readonly http: OtlpHttpOptions;
  readonly serializer: ISerializer<Internal, OtlpAnswer>;
  /** Batches on their way at most. */
  readonly limit: number;
  readonly outbox: Outbox;
  /** Of how many items a batch is. */
  readonly count: (items: Internal) => number;
  readonly metrics: ExporterMetrics | undefined;
  /** Those of a batch that can be written, asked for where the batch can't be: one of them must not cost the others. */
  readonly writable?: (items: Internal) => Internal;
}

/**
 * Takes a batch over at once and sends it in the background, so that upstream's timers around an export, which keep the
 * process alive, never wait for the network.
 *
 * At most `limit` batches are on their way, twice that during a flush; one more is refused, and the caller counts it as a failed export. `forceFlush`
 * waits for those on their way, unless the outbox does it for all exporters.
 */
export class OtlpExporter<Internal> {
  readonly #sender: OtlpSender;
  readonly #options: OtlpExporterOptions<Internal>;
  readonly #sending = new Set<Promise<unknown>>();

  constructor(options: OtlpExporterOptions<Internal>) {
    const { http, serializer, outbox, metrics } = options;
    const readAnswer = (answer: Uint8Array) => serializer.deserializeResponse(answer);
    this.#sender = new OtlpSender(http, readAnswer, outbox, metrics);
    this.#options = options;
  }

  export(items: Internal, done: (result: ExportResult) => void): void {
    const { limit, outbox, count, metrics } = this.#options;
    // What leaves at a flush is the newest there is: it does not stand back behind exports that hang.
    if (this.#sending.size >= (outbox.waitsForAll ? 2 * limit : limit)) {
      metrics?.fail(count(items), 'too_many_exports');
      done({ code: ExportResultCode.FAILED, error: new Error(this.#sender.tooMany(limit)) });
      return;
    }
    let body: Uint8Array | undefined;
    let left = count(items);
    try {
      body = this.#write(items, (dropped, error) => {
        left -= dropped;
        metrics?.fail(dropped, NOT_SERIALIZABLE);
        diag.error('what can not be written is dropped', error);
      });
    } catch (error) {
      metrics?.fail(left, NOT_SERIALIZABLE);
      done({ code: ExportResultCode.FAILED, error: error as Error });
      return;
    }
    if (body !== undefined) {
      const sending = this.#sender.send(body, left).finally(() => this.#sending.delete(sending));
      this.#sending.add(sending);
    }
    done({ code: ExportResultCode.SUCCESS });
  }

  /** These items as a request, for the last moment of the process. */
  requestFor(items: Internal): OtlpRequest | undefined {
    const body = this.#write(items);
    return body === undefined ? undefined : this.#sender.requestFor(body);
  }

  #write(
    items: Internal,
    onDropped?: (dropped: number, error: unknown) => void,
  ): Uint8Array | undefined {
    const { serializer, writable, count } = this.#options;
    try {
      return serializer.serializeRequest(items);
    } catch (error) {
      const rest = writable?.(items);
      if (rest === undefined || count(rest) === 0) throw error;
      onDropped?.(count(items) - count(rest), error);
      return serializer.serializeRequest(rest);
    }
  }

  async forceFlush(): Promise<void> {
    if (!this.#options.outbox.waitsForAll) await Promise.all(this.#sending);
  }

  async shutdown(): Promise<void> {
    await this.forceFlush();
    void Promise.all(this.#sending).finally(() => this.#sender.close());
  }
}
