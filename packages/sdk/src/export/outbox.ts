import { diag } from '@opentelemetry/api';
import type { BearerToken } from './bearer-token.ts';
import type { TlsTexts } from './otlp-tls.ts';

/** One request that is ready to be sent. */
export interface OtlpRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** For an https address. */
  readonly tls?: TlsTexts;
  readonly body: Uint8Array;
}

/** What has left the providers and not yet arrived, and what has not even left them. */
export class Outbox {
  readonly token: BearerToken | undefined;
  readonly #sending = new Map<Promise<unknown>, OtlpRequest>();
  readonly #unsent: (() => OtlpRequest | OtlpRequest[] | undefined)[] = [];
  /** Drains that go on, and how many of them are at the end of the process: a flush of the application may overlap with it. */
  #draining = 0;
  #ending = 0;
  #hurry = new AbortController();

  /** @param token What every request carries. */
  constructor(token: BearerToken | undefined) {
    this.token = token;
  }

  /** Aborted while the process ends: retries no longer pause, and a failed last try is the last. */
  get hurry(): AbortSignal {
    return this.#hurry.signal;
  }

  /** Whether somebody waits for the outbox as a whole, so that the exporters need not: upstream's waits hold the process open. */
  get waitsForAll(): boolean {
    return this.#draining > 0;
  }

  /** An export that was handed to the network. */
  add(sending: Promise<unknown>, request: OtlpRequest): void {
    const tracked = sending.finally(() => this.#sending.delete(tracked));
    this.#sending.set(tracked, request);
  }

  /** Somebody who can say, without waiting for anything, what would have to be sent if the process ended now. */
  addUnsent(source: () => OtlpRequest | OtlpRequest[] | undefined): void {
    this.#unsent.push(source);
  }

  /**
   * Lets the providers hand all over, then waits until everything has an answer, or none will come. `last`: the process ends, so
   * that waiting for a Collector to come back makes no sense.
   */
  async drain(handOver: () => Promise<void>, last: boolean): Promise<void> {
    this.#draining++;
    if (last) {
      this.#ending++;
      this.#hurry.abort();
    }
    try {
      await handOver();
      await Promise.allSettled(this.#sending.keys());
    } finally {
      this.#draining--;
      if (last && --this.#ending === 0) this.#hurry = new AbortController();
    }
  }

  /**
   * All that would be lost if the process ended now. What is on its way is among them: it may arrive twice, which Prometheus and
   * trace stores take for one.
   */
  lastRequests(): OtlpRequest[] {
    const unsent = this.#unsent.flatMap((source) => {
      try {
        return source() ?? [];
      } catch (error) {
        // It costs the others nothing: there is no second time.
        diag.error('the last telemetry is lost', error);
        return [];
      }
    });
    return [...this.#sending.values(), ...unsent];
  }
}
