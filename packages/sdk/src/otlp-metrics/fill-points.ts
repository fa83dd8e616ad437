// Hot: runs over every series at every export. Bench: bench/collect
import type { ExponentialValue, MeasuredInstrument } from '@bellwether/meters/runtime';
import type { ByteWriter } from '../otlp/byte-writer.ts';
import { COUNT, MAX, MIN, SUM, TIME, VALUE } from './point-template.ts';
import { bodyOf, lengthOf, type Page } from './series-image.ts';

const TWO_TO_32 = 4_294_967_296;
/** The numbers of a row before its buckets. */
const ROW = { count: 0, sum: 1, min: 2, max: 3, buckets: 4 } as const;

/** A time in nanoseconds since the epoch, as the two halves of a fixed64. */
export interface WireTime {
  readonly low: number;
  readonly high: number;
}

/** Appends the points of a page as they are now. */
export function writePoints(
  writer: ByteWriter,
  page: Page,
  instrument: MeasuredInstrument,
  time: WireTime,
): void {
  if (instrument.kind === 'exponential') {
    writeExponential(writer, page, instrument.cells, time);
    return;
  }
  writer.reserve(page.used);
  page.bytes.copy(writer.bytes, writer.position, 0, page.used);
  const end = writer.position + page.used;
  if (instrument.kind === 'explicit') {
    fillExplicit(writer, end, instrument.cells, time);
  } else {
    fillNumbers(writer, end, instrument.cells.values, time);
  }
  writer.position = end;
}

function fillNumbers(
  { bytes, view, position }: ByteWriter,
  end: number,
  values: Float64Array,
  { low, high }: WireTime,
): void {
  for (let at = position; at < end; ) {
    const body = bodyOf(bytes, at);
    const next = body + lengthOf(bytes, at);
    const cell = view.getUint32(body + TIME, true);
    view.setUint32(body + TIME, low, true);
    view.setUint32(body + TIME + 4, high, true);
    view.setFloat64(body + VALUE, values[cell] as number, true);
    at = next;
  }
}

function fillExplicit(
  { bytes, view, position }: ByteWriter,
  end: number,
  cells: { readonly stride: number; readonly slab: Float64Array },
  { low, high }: WireTime,
): void {
  const { slab, stride } = cells;
  const buckets = stride - ROW.buckets;
  // The tag and the length of the packed counts come between.
  const counts = MAX + 8 + (8 * buckets < 128 ? 2 : 8 * buckets < 16_384 ? 3 : 4);
  for (let at = position; at < end; ) {
    const body = bodyOf(bytes, at);
    const next = body + lengthOf(bytes, at);
    const row = view.getUint32(body + TIME, true) * stride;
    view.setUint32(body + TIME, low, true);
    view.setUint32(body + TIME + 4, high, true);
    setCount(view, body + COUNT, slab[row + ROW.count] as number);
    view.setFloat64(body + SUM, slab[row + ROW.sum] as number, true);
    view.setFloat64(body + MIN, slab[row + ROW.min] as number, true);
    view.setFloat64(body + MAX, slab[row + ROW.max] as number, true);
    for (let i = 0; i < buckets; i++)
      setCount(view, body + counts + 8 * i, slab[row + ROW.buckets + i] as number);
    at = next;
  }
}

function setCount(view: DataView, at: number, count: number): void {
  view.setUint32(at, count, true);
  if (count >= TWO_TO_32) view.setUint32(at + 4, count / TWO_TO_32, true);
}

/** Their range and their scale change, so that all behind the attributes is written anew. */
function writeExponential(
  writer: ByteWriter,
  page: Page,
  cells: { read(cell: number): ExponentialValue },
  { low, high }: WireTime,
): void {
  for (let at = 0; at < page.used; ) {
    const body = bodyOf(page.bytes, at);
    const length = lengthOf(page.bytes, at);
    const value = cells.read(page.view.getUint32(body + TIME, true));
    writer.byte(0x0a);
    const start = writer.begin();
    writer.reserve(length);
    page.bytes.copy(writer.bytes, writer.position, body, body + length);
    writer.view.setUint32(writer.position + TIME, low, true);
    writer.view.setUint32(writer.position + TIME + 4, high, true);
    writer.position += length;
    writeExponentialFields(writer, value);
    writer.end(start);
    at = body + length;
  }
}

function writeExponentialFields(writer: ByteWriter, value: ExponentialValue): void {
  const { count, sum, scale, zeroCount, positive, negative, min, max } = value;
  writer.byte(0x21);
  writer.fixed64(count, count / TWO_TO_32);
  writeDouble(writer, 0x29, sum);
  if (scale !== 0) {
    writer.byte(0x30);
    writer.varint(zigzag(scale));
  }
  writer.byte(0x39);
  writer.fixed64(zeroCount, zeroCount / TWO_TO_32);
  writeBuckets(writer, 0x42, positive);
  writeBuckets(writer, 0x4a, negative);
  writeDouble(writer, 0x61, min);
  writeDouble(writer, 0x69, max);
}

function writeBuckets(
  writer: ByteWriter,
  tag: number,
  { offset, bucketCounts }: ExponentialValue['positive'],
): void {
  writer.byte(tag);
  const buckets = writer.begin();
  if (offset !== 0) {
    writer.byte(0x08);
    writer.varint(zigzag(offset));
  }
  if (bucketCounts.length > 0) {
    writer.byte(0x12);
    const counts = writer.begin();
    for (const count of bucketCounts) writer.varint(count);
    writer.end(counts);
  }
  writer.end(buckets);
}

function writeDouble(writer: ByteWriter, tag: number, value: number | undefined): void {
  if (value === undefined) return;
  writer.byte(tag);
  writer.double(value);
}

function zigzag(value: number): number {
  return ((value << 1) ^ (value >> 31)) >>> 0;
}
