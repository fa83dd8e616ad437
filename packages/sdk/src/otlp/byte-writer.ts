// Hot: every span and every exported series is written here. Bench: ../trace/span.bench.ts

/** From this length on, one call into Node is cheaper than a loop over the characters. */
const LONG_TEXT = 24;
const LONG_COPY = 48;
const TWO_TO_32 = 4_294_967_296;
/** A larger buffer is not used again: one value of many megabytes would be paid for as long as the process lives. */
const LARGEST_KEPT = 4_194_304;

/**
 * Writes protobuf into one buffer that grows and is used again: `reset()` starts over, `copy()` takes what was written.
 *
 * `bytes`, `view` and `position` are open to code that writes in a loop of its own; it calls `reserve` first, and reads `bytes` anew after it.
 */
export class ByteWriter {
  bytes: Buffer;
  view: DataView;
  position = 0;
  readonly #size: number;

  constructor(size = 4_096) {
    this.#size = size;
    this.bytes = Buffer.allocUnsafeSlow(size);
    this.view = new DataView(this.bytes.buffer);
  }

  reset(): void {
    this.position = 0;
    if (this.bytes.length > LARGEST_KEPT && this.#size <= LARGEST_KEPT) this.#use(this.#size);
  }

  copy(): Uint8Array {
    return Uint8Array.prototype.slice.call(this.bytes, 0, this.position);
  }

  /** Makes room for `count` more bytes. */
  reserve(count: number): void {
    if (this.position + count > this.bytes.length) this.#grow(this.position + count);
  }

  #grow(needed: number): void {
    let size = this.bytes.length * 2;
    while (size < needed) size *= 2;
    const before = this.bytes;
    this.#use(size);
    before.copy(this.bytes, 0, 0, this.position);
  }

  #use(size: number): void {
    this.bytes = Buffer.allocUnsafeSlow(size);
    this.view = new DataView(this.bytes.buffer);
  }

  byte(value: number): void {
    this.reserve(1);
    this.bytes[this.position++] = value;
  }

  /** `wire`: 0 varint, 1 fixed64, 2 length-delimited, 5 fixed32. */
  tag(field: number, wire: 0 | 1 | 2 | 5): void {
    this.varint((field << 3) | wire);
  }

  /** Any integer from -2^63 up to 2^64; negative ones take ten bytes. */
  varint(value: number): void {
    this.reserve(10);
    const { bytes } = this;
    let at = this.position;
    if (value >= 0 && value < TWO_TO_32) {
      let rest = value >>> 0;
      while (rest > 127) {
        bytes[at++] = (rest & 127) | 128;
        rest >>>= 7;
      }
      bytes[at++] = rest;
    } else {
      const size = Math.abs(value);
      let low = size >>> 0;
      let high = (size / TWO_TO_32) >>> 0;
      if (value < 0) {
        low = (~low + 1) >>> 0;
        high = (~high + (low === 0 ? 1 : 0)) >>> 0;
      }
      while (high > 0 || low > 127) {
        bytes[at++] = (low & 127) | 128;
        low = ((low >>> 7) | (high << 25)) >>> 0;
        high >>>= 7;
      }
      bytes[at++] = low;
    }
    this.position = at;
  }

  fixed32(value: number): void {
    this.reserve(4);
    this.view.setUint32(this.position, value, true);
    this.position += 4;
  }

  fixed64(low: number, high: number): void {
    this.reserve(8);
    this.view.setUint32(this.position, low, true);
    this.view.setUint32(this.position + 4, high, true);
    this.position += 8;
  }

  double(value: number): void {
    this.reserve(8);
    this.view.setFloat64(this.position, value, true);
    this.position += 8;
  }

  /** Seconds and nanoseconds as fixed64 nanoseconds since the epoch. */
  time(seconds: number, nanoseconds: number): void {
    // In halves of 16 bits, because the product does not fit into a double.
    const fromLower = (seconds & 0xffff) * 1e9;
    const fromUpper = ((seconds / 65_536) >>> 0) * 1e9;
    const low = (fromLower >>> 0) + (((fromUpper & 0xffff) * 65_536) >>> 0) + nanoseconds;
    const high =
      Math.floor(fromLower / TWO_TO_32) +
      ((fromUpper / 65_536) >>> 0) +
      Math.floor(low / TWO_TO_32);
    this.fixed64(low >>> 0, high >>> 0);
  }

  /** Bytes as they are, without a length. */
  raw(source: Uint8Array): void {
    const { length } = source;
    this.reserve(length);
    const { bytes, position } = this;
    if (length > LONG_COPY) {
      bytes.set(source, position);
    } else {
      for (let i = 0; i < length; i++) bytes[position + i] = source[i] as number;
    }
    this.position = position + length;
  }

  /** A length and the bytes. */
  lengthAndBytes(source: Uint8Array): void {
    this.varint(source.length);
    this.raw(source);
  }

  /** A length and the text as UTF-8; a lone surrogate is U+FFFD, as TextEncoder has it. */
  string(text: string): void {
    const { length } = text;
    this.reserve(length * 3 + 5);
    if (length > LONG_TEXT) {
      this.#longString(text);
      return;
    }
    const { bytes } = this;
    const start = this.position + 1;
    for (let i = 0; i < length; i++) {
      const code = text.charCodeAt(i);
      if (code > 127) {
        this.#longString(text);
        return;
      }
      bytes[start + i] = code;
    }
    bytes[start - 1] = length;
    this.position = start + length;
  }

  #longString(text: string): void {
    const start = this.begin();
    this.position += this.bytes.write(text, this.position, 'utf8');
    this.end(start);
  }

  /** Begins a length-delimited value whose length is known at `end`. */
  begin(): number {
    this.reserve(1);
    return ++this.position;
  }

  /** Ends what `begin` returned `start` for. One byte was kept for the length; longer ones move the value. */
  end(start: number): void {
    const length = this.position - start;
    if (length < 128) {
      this.bytes[start - 1] = length;
      return;
    }
    const extra = sizeOfVarint(length) - 1;
    this.reserve(extra);
    this.bytes.copyWithin(start + extra, start, this.position);
    this.position = start - 1;
    this.varint(length);
    this.position += length;
  }
}

/** How many bytes a length takes as a varint. */
export function sizeOfVarint(length: number): number {
  if (length < 128) return 1;
  if (length < 16_384) return 2;
  if (length < 2_097_152) return 3;
  return length < 268_435_456 ? 4 : 5;
}
