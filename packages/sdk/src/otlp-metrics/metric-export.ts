import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Takeover } from '@bellwether/meters/runtime';
import { diag } from '@opentelemetry/api';
import type { Resource } from '@opentelemetry/resources';
import { type MetricPart, partsOfSources } from '../export/metric-sources.ts';
import type { OtlpSender } from '../export/otlp-sender.ts';
import type { OtlpRequest, Outbox } from '../export/outbox.ts';
import { ByteWriter } from '../otlp/byte-writer.ts';
import { resourceBytes, schemaUrlBytes } from '../otlp/resource-bytes.ts';
import { MetricImages, MetricsRequests } from './metrics-requests.ts';
import type { PlainMetrics } from './plain-reader.ts';

/** A collection on its way and the last one at the end of the process: cumulative points need no longer queue. */
const LIMIT = 2;
/** How long the last export waits for callbacks of the plain API: the process ends, and the meters' series are behind them. */
const LAST_WAIT_MS = 1_000;

export interface MetricExportOptions {
  readonly meters: Takeover;
  readonly resource: Resource;
  readonly sender: OtlpSender;
  readonly outbox: Outbox;
  readonly intervalMs: number;
  /** After it an export sends no further request. */
  readonly timeoutMs: number;
  /** What the instruments of the plain API measured, those that take longer than `waitMs` left out; undefined for nothing. */
  readonly plain: (waitMs: number) => Promise<PlainMetrics | undefined>;
  /** Told how long each collection took, and why it came to no end. */
  readonly collected?: (seconds: number, errorType?: string) => void;
}

/**
 * Exports all series by OTLP at an interval, as bytes that are written from the cells: in bodies of about 2,000 points, one after the other, each made
 * when the one before has its answer. What is left when one finds no Collector comes with the next export: points are cumulative.
 */
export class MetricExport {
  readonly #options: MetricExportOptions;
  readonly #images: MetricImages;
  readonly #running = new Set<Promise<void>>();
  #interval: NodeJS.Timeout | undefined;

  constructor(options: MetricExportOptions) {
    this.#options = options;
    this.#images = new MetricImages(options.meters);
    options.outbox.addUnsent(() => this.#lastRequests());
  }

  start(): void {
    this.#interval = setInterval(() => void this.#begin(LIMIT), this.#options.intervalMs).unref();
  }

  /** Sends what there is now, and waits for all answers. */
  async forceFlush(): Promise<void> {
    // What leaves at a flush is the newest there is: it does not stand back behind exports that hang.
    this.#begin(2 * LIMIT);
    await Promise.all(this.#running);
  }

  async shutdown(): Promise<void> {
    clearInterval(this.#interval);
    await this.forceFlush();
    this.#options.sender.close();
  }

  #begin(limit: number): void {
    if (this.#running.size >= limit) {
      diag.error(this.#options.sender.tooMany(LIMIT));
      return;
    }
    const running = this.#run()
      .catch((error) => diag.error('the export of metrics failed', error))
      .finally(() => this.#running.delete(running));
    this.#running.add(running);
  }

  async #run(): Promise<void> {
    const { meters, resource, sender, outbox, timeoutMs, plain, collected } = this.#options;
    const begun = performance.now();
    const deadline = begun + timeoutMs;
    const requests = new MetricsRequests(this.#images);
    let collecting = 0;
    let errorType: string | undefined;
    try {
      const sources = partsOfSources(timeoutMs / 2);
      const waitMs = outbox.hurry.aborted ? LAST_WAIT_MS : timeoutMs / 2;
      const others = await plain(waitMs).catch((error: Error) => {
        // They cost the series of the meters nothing.
        errorType = error.name;
        diag.error('instruments of the plain API could not be exported', error);
        return undefined;
      });
      if (resource.asyncAttributesPending) await resource.waitForAsyncAttributes?.();
      while (requests.prepare()) await nextTurn();
      const head = headOf(resource);
      let body = requests.next(others?.fields ?? head) ?? (others && requestOf(others.fields));
      collecting = performance.now() - begun;
      let points = requests.points + (others?.points ?? 0);
      let hasArrived = true;
      while (body !== undefined) {
        // A body without an answer may still be in the hands of a socket: its memory is not used again.
        const delivery = await sender.send(body, points);
        if (delivery === 'lost') return;
        if (delivery === 'refused') hasArrived = false;
        const resumed = performance.now();
        body = requests.next(head);
        collecting += performance.now() - resumed;
        points = requests.points;
        if (body === undefined || performance.now() < deadline) continue;
        this.#sayLate();
        break;
      }
      requests.end();
      // Only then: a tenant that gives its place back takes its series along, and their last values must have arrived.
      if (body === undefined && hasArrived) meters.sweep();
      await this.#sendParts(await sources, head, deadline);
    } catch (error) {
      errorType = (error as Error).name;
      throw error;
    } finally {
      collected?.(collecting / 1_000, errorType);
    }
  }

  /** In bodies of their own, so that the meters' arrive whatever is with these. */
  async #sendParts(
    parts: readonly MetricPart[],
    head: Uint8Array,
    deadline: number,
  ): Promise<void> {
    for (const { fields, points } of parts) {
      if (performance.now() >= deadline) return this.#sayLate();
      const body = requestOf(Buffer.concat([head, fields]));
      if ((await this.#options.sender.send(body, points)) === 'lost') return;
    }
  }

  #sayLate(): void {
    diag.error(
      `an export of metrics took longer than ${this.#options.timeoutMs} ms; its remaining series are left to the next one [ERR_EXPORT]`,
    );
  }

  #lastRequests(): OtlpRequest[] {
    const requests = new MetricsRequests(this.#images);
    const head = headOf(this.#options.resource);
    const last: OtlpRequest[] = [];
    for (let body = requests.next(head); body !== undefined; body = requests.next(head))
      last.push(this.#options.sender.requestFor(Buffer.from(body)));
    return last;
  }
}

/** The fields of a `ResourceMetrics` but for its scopes. */
function headOf(resource: Resource): Uint8Array {
  return Buffer.concat([resourceBytes(resource), schemaUrlBytes(resource.schemaUrl)]);
}

function requestOf(resourceMetrics: Uint8Array): Uint8Array {
  const writer = new ByteWriter(resourceMetrics.length + 16);
  writer.byte(0x0a);
  writer.lengthAndBytes(resourceMetrics);
  return writer.bytes.subarray(0, writer.position);
}
