import { context, diag, ROOT_CONTEXT } from '@opentelemetry/api';
import { suppressTracing } from '@opentelemetry/core';
import { pathWithoutSecrets } from '../redaction/path-without-secrets.ts';
import { exportFailure } from './export-failure.ts';
import type { OtlpHttpOptions } from './otlp-http-options.ts';
import type { OtlpTls } from './otlp-tls.ts';
import { OtlpTransport } from './otlp-transport.ts';
import type { OtlpRequest, Outbox } from './outbox.ts';

interface PartialSuccess {
  readonly partialSuccess?: { readonly errorMessage?: string };
}

/** What became of a request: `lost` has no answer, or a last one that asked to come again. */
export type Delivery = 'accepted' | 'refused' | 'lost';

/** Sends bodies to one address, known to the outbox while they are on their way, and says what goes wrong. */
export class OtlpSender {
  readonly #transport: OtlpTransport;
  readonly #url: string;
  readonly #target: URL;
  readonly #tls: OtlpTls;
  readonly #readAnswer: (body: Uint8Array) => PartialSuccess;
  readonly #outbox: Outbox;
  #headers: Readonly<Record<string, string>> = {};

  constructor(
    options: OtlpHttpOptions,
    readAnswer: (body: Uint8Array) => PartialSuccess,
    outbox: Outbox,
  ) {
    this.#url = options.url;
    this.#transport = new OtlpTransport(options, outbox.token);
    this.#target = new URL(options.url);
    this.#tls = options.tls;
    this.#readAnswer = readAnswer;
    this.#outbox = outbox;
    options.headers().then((headers) => {
      this.#headers = headers;
    });
  }

  /** Never rejects. The body must not change before it resolves. Its own request is not traced. */
  send(body: Uint8Array): Promise<Delivery> {
    const sending = context.with(suppressTracing(ROOT_CONTEXT), () => this.#send(body));
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

  async #send(body: Uint8Array): Promise<Delivery> {
    try {
      const result = await this.#transport.send(body, () => this.#outbox.hurry);
      if (result.status === 'success') {
        this.#sayPartialSuccess(result.body);
        return 'accepted';
      }
      this.#sayFailure(result.error);
      return result.status === 'failure' && result.answered ? 'refused' : 'lost';
    } catch (error) {
      this.#sayFailure(error as Error);
      return 'lost';
    }
  }

  #sayFailure(error: Error): void {
    diag.error(
      `export to ${withoutSecrets(this.#url)} failed: ${exportFailure(error)} [ERR_EXPORT]`,
    );
  }

  #sayPartialSuccess(body: Uint8Array): void {
    if (body.byteLength === 0) return;
    try {
      const message = this.#readAnswer(body).partialSuccess?.errorMessage;
      if (message) diag.warn(`export to ${withoutSecrets(this.#url)}: partly refused: ${message}`);
    } catch {
      diag.debug(`export to ${withoutSecrets(this.#url)}: the answer is no OTLP`);
    }
  }
}

function withoutSecrets(address: string): string {
  const { origin, pathname } = new URL(address);
  return `${origin}${pathWithoutSecrets(pathname)}`;
}
