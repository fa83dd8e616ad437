import type { MeasuredInstrument, Takeover } from '@bellwether/meters/runtime';
import { ByteWriter } from '../otlp/byte-writer.ts';
import { scopeBytes } from '../otlp/resource-bytes.ts';
import { type WireTime, writePoints } from './fill-points.ts';
import { beginLarge, endLarge, type MetricFrame, metricFrame } from './metric-frame.ts';
import { writeTime } from './point-template.ts';
import { SeriesImage } from './series-image.ts';

/**
 * The longest body: about 2,000 counters. Whoever refuses a request for one point (Prometheus does) then refuses few others, and no proxy or
 * Collector finds it too large. One page or point may exceed it.
 */
export const LONGEST_BODY = 262_144;
/** New series that are written in one turn of the event loop. */
const TURN = 500;

interface Exported {
  readonly instrument: MeasuredInstrument;
  readonly image: SeriesImage;
  readonly frame: MetricFrame;
}

/** The images of all instruments, for as long as the SDK runs. */
export class MetricImages {
  readonly meters: Takeover;
  readonly scratch = new ByteWriter(1_024);
  readonly #known = new Map<object, Exported>();
  #idle: ByteWriter | undefined;

  constructor(meters: Takeover) {
    this.meters = meters;
  }

  /** A writer for bodies of about this size: the last one that came back, since fresh memory costs more than what is written into it. */
  takeWriter(size: number): ByteWriter {
    const idle = this.#idle;
    this.#idle = undefined;
    return idle !== undefined && idle.bytes.length >= size ? idle : new ByteWriter(size);
  }

  /** Nobody reads its bytes any more. */
  giveBack(writer: ByteWriter): void {
    this.#idle = writer;
  }

  /** By their cells: an instrument that takes other buckets has others. */
  all(): Exported[] {
    return this.meters.instruments().map((instrument) => {
      const known = this.#known.get(instrument.series);
      if (known !== undefined) return known;
      const exported = {
        instrument,
        image: new SeriesImage(instrument),
        frame: metricFrame(instrument),
      };
      this.#known.set(instrument.series, exported);
      return exported;
    });
  }
}

/**
 * One collection of all series as bodies of `ExportMetricsServiceRequest`, each of one moment and no longer than `longest`.
 *
 * Between two bodies recordings go on and series come and go: a series that appears meanwhile may be left to the next collection, no series
 * is in two bodies, and no two bodies have the same time.
 */
export class MetricsRequests {
  readonly #images: MetricImages;
  readonly #exported: Exported[];
  readonly #longest: number;
  #writer: ByteWriter | undefined;
  readonly #began: number;
  #points = 0;
  #prepared = 0;
  #next = 0;
  #page = 0;

  constructor(images: MetricImages, longest = LONGEST_BODY) {
    this.#images = images;
    this.#longest = longest;
    this.#exported = images.all();
    this.#began = images.meters.tick();
  }

  /** Writes templates for a part of the new series; false when there is no more. Worth a turn of the event loop each. */
  prepare(): boolean {
    let room = TURN;
    for (; this.#prepared < this.#exported.length; this.#prepared++) {
      const { image } = this.#exported[this.#prepared] as Exported;
      room -= image.write(this.#images.scratch, room, this.#began);
      if (room === 0) return true;
    }
    return false;
  }

  /**
   * The next body, or undefined after the last one. `head`: fields of `ResourceMetrics` that come first, as the resource. The bytes hold until
   * the next call.
   */
  next(head: Uint8Array): Uint8Array | undefined {
    this.#points = 0;
    if (this.#skipEmpty()) return undefined;
    this.#writer ??= this.#images.takeWriter(this.#sizeOfBody(head));
    const writer = this.#writer;
    writer.reset();
    writer.byte(0x0a);
    const resource = beginLarge(writer);
    writer.raw(head);
    const time = wireTime(this.#images.meters.tick());
    do this.#writeScope(writer, time);
    while (!this.#skipEmpty() && this.#fits(writer));
    endLarge(writer, resource);
    return writer.bytes.subarray(0, writer.position);
  }

  /** How many points the last body had. */
  get points(): number {
    return this.#points;
  }

  /** After the last body has its answer, so that the next collection uses the same memory. */
  end(): void {
    if (this.#writer !== undefined) this.#images.giveBack(this.#writer);
    this.#writer = undefined;
  }

  /** Enough for most, so that the buffer need not grow. */
  #sizeOfBody(head: Uint8Array): number {
    let size = head.length;
    for (const { image, frame } of this.#exported) {
      size += 2 * frame.head.length;
      for (const page of image.pages) size += image.sizeOf(page);
    }
    return Math.min(size, this.#longest) + 4_096;
  }

  /** Goes to the next page with points; true when there is none. */
  #skipEmpty(): boolean {
    for (; this.#next < this.#exported.length; this.#next++, this.#page = 0) {
      const { image } = this.#exported[this.#next] as Exported;
      if (this.#page === 0)
        image.write(this.#images.scratch, Number.POSITIVE_INFINITY, this.#began);
      for (; this.#page < image.pages.length; this.#page++)
        if (image.livePage(this.#page).used > 0) return false;
    }
    return true;
  }

  #fits(writer: ByteWriter): boolean {
    const { image } = this.#exported[this.#next] as Exported;
    return writer.position + image.sizeOf(image.livePage(this.#page)) <= this.#longest;
  }

  /** Instruments of one scope, as many as fit and at least one page. */
  #writeScope(writer: ByteWriter, time: WireTime): void {
    const { scope } = (this.#exported[this.#next] as Exported).instrument;
    writer.byte(0x12);
    const start = beginLarge(writer);
    writer.raw(scopeBytes(scope));
    do this.#writeMetric(writer, time);
    while (!this.#skipEmpty() && this.#isIn(scope) && this.#fits(writer));
    endLarge(writer, start);
  }

  #isIn({ name, version }: MeasuredInstrument['scope']): boolean {
    const { scope } = (this.#exported[this.#next] as Exported).instrument;
    return scope.name === name && scope.version === version;
  }

  #writeMetric(writer: ByteWriter, time: WireTime): void {
    const at = this.#next;
    const { instrument, image, frame } = this.#exported[at] as Exported;
    writer.byte(0x12);
    const metric = beginLarge(writer);
    writer.raw(frame.head);
    const data = beginLarge(writer);
    do {
      const page = image.livePage(this.#page++);
      writePoints(writer, page, instrument, time);
      this.#points += page.points;
    } while (!this.#skipEmpty() && this.#next === at && this.#fits(writer));
    writer.raw(frame.tail);
    endLarge(writer, data);
    endLarge(writer, metric);
  }
}

function wireTime(ms: number): WireTime {
  const writer = new ByteWriter(8);
  writeTime(writer, ms);
  return { low: writer.view.getUint32(0, true), high: writer.view.getUint32(4, true) };
}
