// Hot: the attributes of spans and of exported series that no cache has. Bench: ../trace/span.bench.ts
import type { ByteWriter } from './byte-writer.ts';

const SMALLEST_INT = -(2 ** 63);
const INT_END = 2 ** 63;

/** Writes the fields of an OTLP `AnyValue`, as upstream's serializer does: null and what is no AnyValue are an empty one. */
export function writeAnyValue(writer: ByteWriter, value: unknown): void {
  if (typeof value === 'string') {
    writer.byte(0x0a);
    writer.string(value);
  } else if (typeof value === 'number') {
    if (Number.isInteger(value) && value >= SMALLEST_INT && value < INT_END) {
      writer.byte(0x18);
      writer.varint(value);
    } else {
      writer.byte(0x21);
      writer.double(value);
    }
  } else if (typeof value === 'boolean') {
    writer.byte(0x10);
    writer.byte(value ? 1 : 0);
  } else if (value instanceof Uint8Array) {
    writer.byte(0x3a);
    writer.lengthAndBytes(value);
  } else if (Array.isArray(value)) {
    writer.byte(0x2a);
    const list = writer.begin();
    for (const item of value) {
      writer.byte(0x0a);
      const start = writer.begin();
      writeAnyValue(writer, item);
      writer.end(start);
    }
    writer.end(list);
  } else if (typeof value === 'object' && value !== null) {
    writer.byte(0x32);
    const map = writer.begin();
    writeAttributes(writer, 0x0a, value);
    writer.end(map);
  }
}

/** Writes one `KeyValue` after its `tag`, a single byte: field number << 3 | 2. */
export function writeKeyValue(writer: ByteWriter, tag: number, key: string, value: unknown): void {
  writer.byte(tag);
  const pair = writer.begin();
  writer.byte(0x0a);
  writer.string(key);
  writer.byte(0x12);
  const start = writer.begin();
  writeAnyValue(writer, value);
  writer.end(start);
  writer.end(pair);
}

/** Writes every own property as a `KeyValue` after `tag`. */
export function writeAttributes(writer: ByteWriter, tag: number, attributes: object): void {
  for (const [key, value] of Object.entries(attributes)) writeKeyValue(writer, tag, key, value);
}
