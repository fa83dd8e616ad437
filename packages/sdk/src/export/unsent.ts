import { TraceFlags } from '@opentelemetry/api';
import type { ExportResult } from '@opentelemetry/core';
import type { LogRecordProcessor, ReadableLogRecord } from '@opentelemetry/sdk-logs';
import type { ReadableSpan, SpanProcessor } from '@opentelemetry/sdk-trace';
import type { OtlpExporter } from './otlp-exporter.ts';
import type { Outbox } from './outbox.ts';

/** The newest so many are kept: twice the default queue of the batching processors, which drop what is more. */
const LIMIT = 4_096;

/**
 * Knows the spans or log records that the exporter has not taken yet. The batching processors know it too, but their queues can't
 * be read while the process exits. Stands before the exporter to see what it takes.
 */
export class Unsent<Item extends object> {
  readonly #items = new Set<Item>();
  readonly #exporter: OtlpExporter<Item[]>;

  constructor(exporter: OtlpExporter<Item[]>, outbox: Outbox) {
    this.#exporter = exporter;
    outbox.addUnsent(() =>
      this.#items.size === 0 ? undefined : exporter.requestFor([...this.#items]),
    );
  }

  add(item: Item): void {
    this.#items.add(item);
    if (this.#items.size <= LIMIT) return;
    for (const oldest of this.#items) {
      this.#items.delete(oldest);
      return;
    }
  }

  export(items: Item[], done: (result: ExportResult) => void): void {
    for (const item of items) this.#items.delete(item);
    this.#exporter.export(items, done);
  }

  forceFlush(): Promise<void> {
    return this.#exporter.forceFlush();
  }

  shutdown(): Promise<void> {
    return this.#exporter.shutdown();
  }
}

export function unsentSpanProcessor(unsent: Unsent<ReadableSpan>): SpanProcessor {
  return {
    onStart: () => {},
    onEnd: (span) => {
      if (span.spanContext().traceFlags & TraceFlags.SAMPLED) unsent.add(span);
    },
    forceFlush: async () => {},
    shutdown: async () => {},
  };
}

export function unsentLogProcessor(unsent: Unsent<ReadableLogRecord>): LogRecordProcessor {
  return {
    onEmit: (record) => unsent.add(record),
    forceFlush: async () => {},
    shutdown: async () => {},
  };
}
