import type { MeasuredInstrument } from '@bellwether/meters/runtime';
import { ByteWriter } from '../otlp/byte-writer.ts';

const DATA_TAG = { gauge: 0x2a, sum: 0x3a, explicit: 0x4a, exponential: 0x52 } as const;
const LENGTH_BYTES = 4;

/** What stands around the points of an instrument, in an OTLP `Metric`. */
export interface MetricFrame {
  /** Name, description and unit, and the tag of the data. */
  readonly head: Uint8Array;
  /** Temporality and monotonicity. */
  readonly tail: Uint8Array;
}

export function metricFrame({ kind, definition }: MeasuredInstrument): MetricFrame {
  const { name, description, unit } = definition;
  const writer = new ByteWriter(256);
  writer.byte(0x0a);
  writer.string(name);
  if (description) {
    writer.byte(0x12);
    writer.string(description);
  }
  if (unit) {
    writer.byte(0x1a);
    writer.string(unit);
  }
  writer.byte(DATA_TAG[kind]);
  const cumulative = [0x10, 2];
  const monotonic = [0x18, 1];
  const tail = [
    ...(kind === 'gauge' ? [] : cumulative),
    ...(definition.kind === 'counter' ? monotonic : []),
  ];
  return { head: writer.copy(), tail: Uint8Array.from(tail) };
}

/**
 * Begins a message that may be large. Its length gets four bytes whatever it is, so that nothing moves at the end: protobuf allows a number
 * to be longer than it need be.
 */
export function beginLarge(writer: ByteWriter): number {
  writer.reserve(LENGTH_BYTES);
  writer.position += LENGTH_BYTES;
  return writer.position;
}

/** Ends what `beginLarge` returned `start` for; less than 256 MiB. */
export function endLarge({ bytes, position }: ByteWriter, start: number): void {
  const length = position - start;
  for (let i = 0; i < LENGTH_BYTES; i++) {
    const more = i < LENGTH_BYTES - 1 ? 128 : 0;
    bytes[start - LENGTH_BYTES + i] = ((length >>> (7 * i)) & 127) | more;
  }
}
