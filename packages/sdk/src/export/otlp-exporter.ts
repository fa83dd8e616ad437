import { type ExportResult, ExportResultCode } from '@opentelemetry/core';
import type { ISerializer } from '@opentelemetry/otlp-transformer';
import type { OtlpHttpOptions } from './otlp-http-options.ts';
import { OtlpSender } from './otlp-sender.ts';
import type { OtlpRequest, Outbox } from './outbox.ts';

interface PartialSuccess {
  readonly partialSuccess?: { readonly errorMessage?: string };
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
  readonly #serializer: ISerializer<Internal, PartialSuccess>;
  readonly #limit: number;
  readonly #outbox: Outbox;
  readonly #sending = new Set<Promise<unknown>>();

  constructor(
    options: OtlpHttpOptions,
    serializer: ISerializer<Internal, PartialSuccess>,
    limit: number,
    outbox: Outbox,
  ) {
    this.#sender = new OtlpSender(
      options,
      (answer) => serializer.deserializeResponse(answer),
      outbox,
    );
    this.#serializer = serializer;
    this.#limit = limit;
    this.#outbox = outbox;
  }

  export(items: Internal, done: (result: ExportResult) => void): void {
    // What leaves at a flush is the newest there is: it does not stand back behind exports that hang.
    const limit = this.#outbox.waitsForAll ? 2 * this.#limit : this.#limit;
    if (this.#sending.size >= limit) {
      done({ code: ExportResultCode.FAILED, error: new Error(this.#sender.tooMany(this.#limit)) });
      return;
    }
    let body: Uint8Array | undefined;
    try {
      body = this.#serializer.serializeRequest(items);
    } catch (error) {
      done({ code: ExportResultCode.FAILED, error: error as Error });
      return;
    }
    if (body !== undefined) {
      const sending = this.#sender.send(body).finally(() => this.#sending.delete(sending));
      this.#sending.add(sending);
    }
    done({ code: ExportResultCode.SUCCESS });
  }

  /** These items as a request, for the last moment of the process. */
  requestFor(items: Internal): OtlpRequest | undefined {
    const body = this.#serializer.serializeRequest(items);
    return body === undefined ? undefined : this.#sender.requestFor(body);
  }

  async forceFlush(): Promise<void> {
    if (!this.#outbox.waitsForAll) await Promise.all(this.#sending);
  }

  async shutdown(): Promise<void> {
    await this.forceFlush();
    void Promise.all(this.#sending).finally(() => this.#sender.close());
  }
}
