import { type MeasuredInstrument, TENANT_ATTRIBUTE } from '@bellwether/meters/runtime';
import type { Attributes } from '@opentelemetry/api';
import { writeAttributes, writeKeyValue } from '../otlp/any-value.ts';
import { ByteWriter } from '../otlp/byte-writer.ts';

/** Where the fields lie that change, counted from the first byte of a point after its length. Every point begins like this. */
export const START = 1;
export const TIME = 10;
/** Of numbers: the value. Of histograms with explicit buckets: four fields of nine bytes each. */
export const VALUE = 19;
export const COUNT = 19;
export const SUM = 28;
export const MIN = 37;
export const MAX = 46;

const ATTRIBUTES = { sum: 0x3a, gauge: 0x3a, explicit: 0x4a, exponential: 0x0a } as const;

/** Attributes of one instrument as bytes. */
export type WrittenAttributes = Map<Attributes, Uint8Array>;

/**
 * Writes the point of a series with its tag and all that never changes: start, attributes, boundaries. Where the time will be it says whose
 * it is: the cell and the birth of its series. The other fields are zeros, or missing in exponential histograms, whose length varies.
 */
export function writeTemplate(
  writer: ByteWriter,
  instrument: MeasuredInstrument,
  cell: number,
  endMs: number,
  written: WrittenAttributes,
): void {
  writer.byte(0x0a);
  const start = writer.begin();
  writer.byte(0x11);
  writeTime(writer, instrument.series.startBefore(cell, endMs));
  writer.byte(0x19);
  writer.fixed64(cell, instrument.series.births[cell] as number);
  if (instrument.kind === 'explicit') {
    writeExplicitFields(writer, instrument.cells.boundaries);
  } else if (instrument.kind !== 'exponential') {
    writer.byte(0x21);
    writer.fixed64(0, 0);
  }
  const tag = ATTRIBUTES[instrument.kind];
  writer.raw(attributeBytes(written, tag, instrument.attributesOf(cell)));
  const tenant = instrument.tenantOf(cell);
  if (tenant !== undefined) writeKeyValue(writer, tag, TENANT_ATTRIBUTE, tenant);
  writer.end(start);
}

/** The same attributes come with each tenant. */
function attributeBytes(written: WrittenAttributes, tag: number, of: Attributes): Uint8Array {
  const known = written.get(of);
  if (known !== undefined) return known;
  const writer = new ByteWriter(256);
  writeAttributes(writer, tag, of);
  const bytes = writer.bytes.subarray(0, writer.position);
  written.set(of, bytes);
  return bytes;
}

function writeExplicitFields(writer: ByteWriter, boundaries: Float64Array): void {
  for (const tag of [0x21, 0x29, 0x59, 0x61]) {
    writer.byte(tag);
    writer.fixed64(0, 0);
  }
  writer.byte(0x32);
  writer.varint(8 * (boundaries.length + 1));
  for (let i = 0; i <= boundaries.length; i++) writer.fixed64(0, 0);
  if (boundaries.length === 0) return;
  writer.byte(0x3a);
  writer.varint(8 * boundaries.length);
  for (const boundary of boundaries) writer.double(boundary);
}

/** Milliseconds since the epoch as fixed64 nanoseconds, rounded as `toHrTime` of the meters does. */
export function writeTime(writer: ByteWriter, ms: number): void {
  const seconds = Math.floor(ms / 1_000);
  writer.time(seconds, Math.round((ms - seconds * 1_000) * 1_000_000));
}
