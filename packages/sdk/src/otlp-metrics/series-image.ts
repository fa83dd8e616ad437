// Hot: all series of an instrument pass here at every export. Bench: bench/collect
import type { MeasuredInstrument } from '@bellwether/meters/runtime';
import type { ByteWriter } from '../otlp/byte-writer.ts';
import { TIME, type WrittenAttributes, writeTemplate } from './point-template.ts';

const FIRST_PAGE = 1_024;
const LARGEST_PAGE = 32_768;
/** Points of exponential histograms get their buckets in the body, here guessed as three times their template: 150 buckets. */
const WITH_BUCKETS = 4;

/** Templates of points one after another. */
export interface Page {
  readonly bytes: Buffer;
  readonly view: DataView;
  used: number;
  points: number;
  /** How many series had gone when this page was last rid of them. */
  freed: number;
}

/**
 * The points of one instrument as they look on the wire, in pages: a series is written once, when it appears, and an export copies pages and
 * fills in times and values. Pages are added and never moved, so growth copies nothing.
 */
export class SeriesImage {
  readonly pages: Page[] = [];
  readonly #instrument: MeasuredInstrument;
  /** Series up to this birth have their template. */
  #written = 0;
  /** A walk over the cells that is not at its end: where it stands, and up to which birth it writes. */
  #cell = 1;
  #target = 0;
  /** For as long as a walk lasts. */
  readonly #attributes: WrittenAttributes = new Map();

  readonly #growth: number;

  constructor(instrument: MeasuredInstrument) {
    this.#instrument = instrument;
    this.#growth = instrument.kind === 'exponential' ? WITH_BUCKETS : 1;
  }

  /** How many bytes a page has in a body, about. */
  sizeOf(page: Page): number {
    return page.used * this.#growth;
  }

  /** Writes templates of new series, at most `limit`; returns how many. Fewer than `limit`: all are there. */
  write(scratch: ByteWriter, limit: number, endMs: number): number {
    const { series } = this.#instrument;
    if (this.#target === this.#written) {
      if (series.created === this.#written) return 0;
      this.#target = series.created;
      this.#cell = 1;
    }
    const { births, end } = series;
    let count = 0;
    for (; this.#cell < end; this.#cell++) {
      const birth = births[this.#cell] as number;
      if (birth <= this.#written || birth > this.#target) continue;
      if (count === limit) return count;
      scratch.reset();
      writeTemplate(scratch, this.#instrument, this.#cell, endMs, this.#attributes);
      this.#append(scratch);
      count++;
    }
    this.#written = this.#target;
    this.#attributes.clear();
    return count;
  }

  #append({ bytes, position }: ByteWriter): void {
    const page = this.#pageFor(position);
    bytes.copy(page.bytes, page.used, 0, position);
    page.used += position;
    page.points++;
  }

  #pageFor(size: number): Page {
    const last = this.pages.at(-1);
    if (last !== undefined && last.used + size <= last.bytes.length) return last;
    // Only where series have gone can there be room before the last page.
    for (const page of this.#instrument.series.freed > 0 ? this.pages : [])
      if (page.used + size <= page.bytes.length - page.bytes.length / 4) return page;
    const largest = LARGEST_PAGE / this.#growth;
    const grown = last === undefined ? FIRST_PAGE : Math.min(last.bytes.length * 2, largest);
    const bytes = Buffer.allocUnsafeSlow(Math.max(grown, size));
    const page = {
      bytes,
      view: new DataView(bytes.buffer),
      used: 0,
      points: 0,
      freed: this.#instrument.series.freed,
    };
    this.pages.push(page);
    return page;
  }

  /** The page without the series that have gone. */
  livePage(index: number): Page {
    const page = this.pages[index] as Page;
    const { births, freed } = this.#instrument.series;
    if (page.freed === freed) return page;
    const { bytes, view } = page;
    let to = 0;
    let points = 0;
    for (let from = 0; from < page.used; ) {
      const body = bodyOf(bytes, from);
      const next = body + lengthOf(bytes, from);
      const cell = view.getUint32(body + TIME, true);
      if (births[cell] === view.getUint32(body + TIME + 4, true)) {
        if (to !== from) bytes.copyWithin(to, from, next);
        to += next - from;
        points++;
      }
      from = next;
    }
    page.used = to;
    page.points = points;
    page.freed = freed;
    return page;
  }
}

/** The length of the point whose tag is at `at`. */
export function lengthOf(bytes: Buffer, at: number): number {
  const first = bytes[at + 1] as number;
  if (first < 128) return first;
  const second = bytes[at + 2] as number;
  if (second < 128) return (first & 127) | (second << 7);
  return (first & 127) | ((second & 127) << 7) | ((bytes[at + 3] as number) << 14);
}

/** Where the fields of the point begin whose tag is at `at`. */
export function bodyOf(bytes: Buffer, at: number): number {
  if ((bytes[at + 1] as number) < 128) return at + 2;
  return (bytes[at + 2] as number) < 128 ? at + 3 : at + 4;
}
