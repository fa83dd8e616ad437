// Hot: every attribute of every recorded span. Bench: span.bench.ts
import { writeKeyValue } from '../otlp/any-value.ts';
import { ByteWriter } from '../otlp/byte-writer.ts';

const MOST_KEYS = 1_024;
const MOST_VALUES = 256;
const LONGEST = 512;
const MOST_BYTES = 1 << 20;
/** A place is offset * 1024 + length, a small integer for V8. */
const LENGTHS = 1_024;

/** What is known about the attributes with one key. */
interface KnownKey {
  /** Where the bytes of each value are; `undefined` when values of this key hardly ever come again. */
  values: Map<unknown, number> | undefined;
  last: unknown;
  lastPlace: number;
  hits: number;
  misses: number;
}

/**
 * The bytes of attributes that come again and again, with tag, key and value, up to 256 values of a key and 1 MiB in all. A key whose
 * values hardly ever come again (paths, ports) is given up.
 */
export class AttributeCache {
  readonly #keys = new Map<string, KnownKey>();
  readonly #bytes = new ByteWriter(16_384);

  /** Writes a `KeyValue` after `tag`; a cache knows one tag only. */
  write(writer: ByteWriter, tag: number, key: string, value: unknown): void {
    const known = this.#keys.get(key) ?? this.#newKey(key);
    let place: number | undefined;
    if (known.last === value) {
      place = known.lastPlace;
    } else if (known.values !== undefined) {
      place = known.values.get(value);
    }
    if (place === undefined) {
      this.#writeNew(writer, tag, key, value, known);
      return;
    }
    known.hits++;
    known.last = value;
    known.lastPlace = place;
    const length = place % LENGTHS;
    const offset = (place - length) / LENGTHS;
    // Four bytes at a time, so up to three too many: the next ones overwrite them.
    writer.reserve(length + 4);
    const source = this.#bytes.view;
    const target = writer.view;
    const at = writer.position;
    for (let i = 0; i < length; i += 4) {
      target.setInt32(at + i, source.getInt32(offset + i, true), true);
    }
    writer.position = at + length;
  }

  #writeNew(writer: ByteWriter, tag: number, key: string, value: unknown, known: KnownKey): void {
    const start = writer.position;
    writeKeyValue(writer, tag, key, value);
    const length = writer.position - start;
    if (known.values === undefined || length > LONGEST) return;
    if (typeof value === 'object') return;
    if (++known.misses > MOST_VALUES && known.hits < known.misses * 4) {
      known.values = undefined;
      return;
    }
    if (known.values.size >= MOST_VALUES) known.values.clear();
    const offset = this.#bytes.position;
    if (offset + length > MOST_BYTES) {
      this.#forget();
      return;
    }
    this.#bytes.raw(writer.bytes.subarray(start, writer.position));
    this.#bytes.reserve(4);
    known.values.set(value, offset * LENGTHS + length);
  }

  #newKey(key: string): KnownKey {
    if (this.#keys.size >= MOST_KEYS) this.#forget();
    const known = {
      values: new Map(),
      last: undefined,
      lastPlace: 0,
      hits: 0,
      misses: 0,
    };
    this.#keys.set(key, known);
    return known;
  }

  #forget(): void {
    this.#keys.clear();
    this.#bytes.reset();
  }
}
