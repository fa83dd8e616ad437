import { ByteWriter, sizeOfVarint } from '../otlp/byte-writer.ts';
import { schemaUrlBytes, scopeBytes } from '../otlp/resource-bytes.ts';

/** The spans of one instrumentation scope that have ended since the last batch, as `ScopeSpans` of OTLP. */
export class ScopeSpans {
  /** The field `spans` of each span that has ended. */
  readonly writer: ByteWriter;
  readonly #head: Uint8Array;
  readonly #tail: Uint8Array;

  constructor(scope: {
    name: string;
    version?: string | undefined;
    schemaUrl?: string | undefined;
  }) {
    this.writer = new ByteWriter(1_024);
    this.#head = scopeBytes(scope);
    this.#tail = schemaUrlBytes(scope.schemaUrl);
  }

  get #length(): number {
    return this.#head.length + this.writer.position + this.#tail.length;
  }

  /** The size of the field `scope_spans` with its tag and length. */
  get size(): number {
    return 1 + sizeOfVarint(this.#length) + this.#length;
  }

  writeTo(target: ByteWriter): void {
    target.byte(0x12);
    target.varint(this.#length);
    target.raw(this.#head);
    target.raw(this.writer.bytes.subarray(0, this.writer.position));
    target.raw(this.#tail);
  }
}
