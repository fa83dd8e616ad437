import { diag } from '@opentelemetry/api';
import { type ExportResult, ExportResultCode } from '@opentelemetry/core';
import type { ISerializer } from '@opentelemetry/otlp-transformer';
import type { OtlpHttpOptions } from './otlp-http-options.ts';
import { OtlpTransport } from './otlp-transport.ts';
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
  readonly #transport: OtlpTransport;
  readonly #url: string;
  readonly #serializer: ISerializer<Internal, PartialSuccess>;
  readonly #limit: number;
  readonly #outbox: Outbox;
  readonly #sending = new Set<Promise<void>>();
  #headers: Readonly<Record<string, string>> = {};

  constructor(
    options: OtlpHttpOptions,
    serializer: ISerializer<Internal, PartialSuccess>,
    limit: number,
    outbox: Outbox,
  ) {
    this.#url = options.url;
    this.#transport = new OtlpTransport(options);
    this.#serializer = serializer;
    this.#limit = limit;
    this.#outbox = outbox;
    options.headers().then((headers) => {
      this.#headers = headers;
    });
  }

  export(items: Internal, done: (result: ExportResult) => void): void {
    // What leaves at a flush is the newest there is: it does not stand back behind exports that hang.
    const limit = this.#outbox.waitsForAll ? 2 * this.#limit : this.#limit;
    if (this.#sending.size >= limit) {
      const error = new Error(
        `the Collector is slow or down: ${limit} exports to ${withoutSecrets(this.#url)} are on their way, the next ones are dropped [ERR_EXPORT_DROPPED]`,
      );
      done({ code: ExportResultCode.FAILED, error });
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
      const sending = this.#send(body).finally(() => this.#sending.delete(sending));
      this.#sending.add(sending);
      this.#outbox.add(sending, this.#request(body));
    }
    done({ code: ExportResultCode.SUCCESS });
  }

  /** These items as a request, for the last moment of the process. */
  requestFor(items: Internal): OtlpRequest | undefined {
    const body = this.#serializer.serializeRequest(items);
    return body === undefined ? undefined : this.#request(body);
  }

  async forceFlush(): Promise<void> {
    if (!this.#outbox.waitsForAll) await Promise.all(this.#sending);
  }

  async shutdown(): Promise<void> {
    await this.forceFlush();
    void Promise.all(this.#sending).finally(() => this.#transport.close());
  }

  #request(body: Uint8Array): OtlpRequest {
    return { url: this.#url, headers: this.#headers, body };
  }

  async #send(body: Uint8Array): Promise<void> {
    try {
      const result = await this.#transport.send(body, () => this.#outbox.hurry);
      if (result.status === 'success') return this.#sayPartialSuccess(result.body);
      this.#sayFailure(result.error);
    } catch (error) {
      this.#sayFailure(error as Error);
    }
  }

  #sayFailure(error: Error): void {
    const hint =
      'code' in error ? ' Is a Collector there? OTEL_EXPORTER_OTLP_ENDPOINT says where.' : '';
    diag.error(
      `export to ${withoutSecrets(this.#url)} failed: ${describe(error)}; the application goes on.${hint} [ERR_EXPORT]`,
    );
  }

  #sayPartialSuccess(body: Uint8Array): void {
    if (body.byteLength === 0) return;
    try {
      const message = this.#serializer.deserializeResponse(body).partialSuccess?.errorMessage;
      if (message) diag.warn(`export to ${withoutSecrets(this.#url)}: partly refused: ${message}`);
    } catch {
      diag.debug(`export to ${withoutSecrets(this.#url)}: the answer is no OTLP`);
    }
  }
}

/** An AggregateError (a name with several addresses) has an empty message of its own. */
function describe(error: Error): string {
  return error.message || (error as NodeJS.ErrnoException).code || error.name;
}

function withoutSecrets(address: string): string {
  const { origin, pathname } = new URL(address);
  return `${origin}${pathname}`;
}
