import { context, diag, ROOT_CONTEXT } from '@opentelemetry/api';
import {
  type ExportResult,
  ExportResultCode,
  globalErrorHandler,
  suppressTracing,
} from '@opentelemetry/core';
import type { Resource } from '@opentelemetry/resources';
import { ByteWriter, sizeOfVarint } from '../otlp/byte-writer.ts';
import { resourceBytes, schemaUrlBytes } from '../otlp/resource-bytes.ts';
import { AttributeCache } from './attribute-cache.ts';
import type { RecordedSpan } from './recorded-span.ts';
import { ScopeSpans } from './scope-spans.ts';
import type { Scope } from './tracer.ts';
import { writeSpan } from './write-span.ts';

/** Takes a request over at once. */
export interface BatchExporter {
  export(batch: SpanBatch, done: (result: ExportResult) => void): void;
  forceFlush(): Promise<void>;
  shutdown(): Promise<void>;
}

/** What `OTEL_BSP_*` say. */
export interface BatchOptions {
  readonly maxQueueSize: number;
  readonly maxExportBatchSize: number;
  readonly scheduledDelayMillis: number;
}

/** A request, and how many spans are in it. */
export interface SpanBatch {
  readonly body: Uint8Array;
  readonly spans: number;
}

/**
 * What upstream's BatchSpanProcessor is, for spans that are bytes from the moment when they end: at most `maxQueueSize` of them wait,
 * more are dropped, counted and said; a request of `maxExportBatchSize` leaves when it is full, or after `scheduledDelayMillis`.
 */
export class SpanBatches {
  readonly #resource: Resource;
  readonly #exporter: BatchExporter;
  readonly #options: BatchOptions;
  readonly #cache = new AttributeCache();
  /** Scopes with spans in the batch that is being filled. */
  readonly #scopes = new Set<ScopeSpans>();
  readonly #full: SpanBatch[] = [];
  #filling = 0;
  #waiting = 0;
  #processed = 0;
  #lost = 0;
  #unwritable = 0;
  /** How many of the lost ones have been said. */
  #said = 0;
  #resourceBytes: Uint8Array | undefined;
  #settled: Promise<void> | undefined;
  #isExporting = false;
  #timer: NodeJS.Timeout | undefined;
  #ending: Promise<void> | undefined;

  constructor(resource: Resource, exporter: BatchExporter, options: BatchOptions) {
    const { maxQueueSize } = options;
    if (options.maxExportBatchSize > maxQueueSize) {
      diag.warn(
        'BatchSpanProcessor: maxExportBatchSize must be smaller or equal to maxQueueSize, setting maxExportBatchSize to match maxQueueSize',
      );
    }
    const maxExportBatchSize = Math.min(options.maxExportBatchSize, maxQueueSize);
    this.#resource = resource;
    this.#exporter = exporter;
    this.#options = { ...options, maxExportBatchSize };
  }

  /** Spans that may wait. */
  get capacity(): number {
    return this.#options.maxQueueSize;
  }

  /** Spans that have ended and wait for their export. */
  get waiting(): number {
    return this.#waiting;
  }

  /** Spans that the exporter was given, so far. */
  get processed(): number {
    return this.#processed;
  }

  /** Spans that were dropped for want of room, so far. */
  get lost(): number {
    return this.#lost;
  }

  /** Spans that could not be written down, so far. */
  get unwritable(): number {
    return this.#unwritable;
  }

  scope(scope: Scope): ScopeSpans {
    return new ScopeSpans(scope);
  }

  add(scope: ScopeSpans, span: RecordedSpan): void {
    if (this.#ending !== undefined) return;
    if (this.#waiting >= this.#options.maxQueueSize) {
      if (this.#lost === this.#said) diag.debug('maxQueueSize reached, dropping spans');
      this.#lost++;
      return;
    }
    if (this.#lost > this.#said) {
      diag.warn(`Dropped ${this.#lost - this.#said} spans because maxQueueSize reached`);
      this.#said = this.#lost;
    }
    if (!this.#write(scope, span)) return;
    this.#waiting++;
    this.#filling++;
    if (this.#filling >= this.#options.maxExportBatchSize) this.#onFull();
    else if (this.#timer === undefined) this.#startTimer();
  }

  /** False for a span that can't be written, as with a link whose context is none: it is left out, and the application is not told by a throw. */
  #write(scope: ScopeSpans, span: RecordedSpan): boolean {
    const { writer } = scope;
    const start = writer.position;
    try {
      writeSpan(writer, span, this.#cache);
    } catch (error) {
      writer.position = start;
      this.#unwritable++;
      diag.error('a span can not be written and is dropped', error);
      return false;
    }
    if (start === 0) this.#scopes.add(scope);
    return true;
  }

  /** All that no exporter has taken, as requests, without taking it away: for the last moment of the process. */
  unsent(): SpanBatch[] {
    const batches = [...this.#full];
    if (this.#filling > 0)
      batches.push({ body: this.#body(resourceBytes(this.#resource)), spans: this.#filling });
    return batches;
  }

  async forceFlush(): Promise<void> {
    if (this.#ending !== undefined) return this.#ending;
    await this.#exportAll();
    await this.#exporter.forceFlush();
  }

  shutdown(): Promise<void> {
    this.#ending ??= this.#exportAll().then(() => this.#exporter.shutdown());
    return this.#ending;
  }

  #onFull(): void {
    if (!this.#seal()) return;
    if (!this.#isExporting) this.#exportNext();
  }

  #startTimer(): void {
    // The context of the request whose span came first is not kept until the export.
    context.with(untraced, () => {
      this.#timer = setTimeout(() => {
        this.#timer = undefined;
        this.#seal();
        if (!this.#isExporting) this.#exportNext();
      }, this.#options.scheduledDelayMillis).unref();
    });
  }

  #exportNext(): void {
    const batch = this.#full.shift();
    if (batch === undefined) return;
    this.#isExporting = true;
    const next = () => {
      this.#isExporting = false;
      this.#exportNext();
    };
    this.#export(batch).catch(globalErrorHandler).then(next, next);
  }

  async #exportAll(): Promise<void> {
    await this.#resource.waitForAsyncAttributes?.();
    this.#seal();
    const results = await Promise.allSettled(
      this.#full.splice(0).map((batch) => this.#export(batch)),
    );
    const failed = results.find(({ status }) => status === 'rejected');
    if (failed !== undefined) throw (failed as PromiseRejectedResult).reason;
  }

  #export(batch: SpanBatch): Promise<void> {
    this.#waiting -= batch.spans;
    this.#processed += batch.spans;
    return new Promise((resolve, reject) => {
      context.with(untraced, () =>
        this.#exporter.export(batch, ({ code, error }) => {
          if (code === ExportResultCode.SUCCESS) resolve();
          else reject(error ?? new Error('BatchSpanProcessor: span export failed'));
        }),
      );
    });
  }

  /** Makes what has ended a batch that can leave. False while the resource waits for its attributes. */
  #seal(): boolean {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#filling === 0) return true;
    if (this.#resourceBytes === undefined) {
      if (this.#resource.asyncAttributesPending) {
        this.#awaitResource();
        return false;
      }
      this.#resourceBytes = resourceBytes(this.#resource);
    }
    this.#full.push({ body: this.#body(this.#resourceBytes), spans: this.#filling });
    for (const scope of this.#scopes) scope.writer.reset();
    this.#scopes.clear();
    this.#filling = 0;
    return true;
  }

  #awaitResource(): void {
    this.#settled ??= this.#resource.waitForAsyncAttributes?.().then(() => this.#onFull());
  }

  /** The field `resource_spans` of a request. */
  #body(resource: Uint8Array): Uint8Array {
    const tail = schemaUrlBytes(this.#resource.schemaUrl);
    let length = resource.length + tail.length;
    for (const scope of this.#scopes) length += scope.size;
    const writer = new ByteWriter(length + 1 + sizeOfVarint(length));
    writer.byte(0x0a);
    writer.varint(length);
    writer.raw(resource);
    for (const scope of this.#scopes) scope.writeTo(writer);
    writer.raw(tail);
    return writer.bytes.subarray(0, writer.position);
  }
}

const untraced = suppressTracing(ROOT_CONTEXT);
