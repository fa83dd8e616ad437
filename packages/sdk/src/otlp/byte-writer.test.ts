import fc from 'fast-check';
import protobuf from 'protobufjs';
import { describe, expect, test } from 'vitest';
import { writeAnyValue } from './any-value.ts';
import { ByteWriter } from './byte-writer.ts';
import { readAnswer } from './read-answer.ts';

const written = (write: (writer: ByteWriter) => void) => {
  const writer = new ByteWriter(1);
  write(writer);
  return writer.copy();
};

describe('a writer of protobuf', () => {
  test('text is UTF-8 as TextEncoder has it, lone surrogates too', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
        const reader = protobuf.Reader.create(written((writer) => writer.string(text)));
        expect(Buffer.from(reader.bytes())).toEqual(Buffer.from(new TextEncoder().encode(text)));
        expect(reader.pos).toBe(reader.len);
      }),
    );
    const lone = protobuf.Reader.create(written((writer) => writer.string('a\ud800b'))).string();
    expect(lone).toBe('a\ufffdb');
  });

  test('what one huge value took is not kept', () => {
    const writer = new ByteWriter();
    writer.string('x'.repeat(8_000_000));
    writer.reset();
    expect(writer.bytes.length).toBeLessThan(5_000_000);
    writer.string('a');
    expect([...writer.copy()]).toEqual([1, 97]);
  });

  test('integers of every size and sign', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (value) => {
        const reader = protobuf.Reader.create(written((writer) => writer.varint(value)));
        expect(Number(reader.int64())).toBe(value);
      }),
    );
    for (const value of [0, 127, 128, 2 ** 32 - 1, 2 ** 32, 2 ** 53, 2 ** 62, -1, -(2 ** 63)]) {
      const reader = protobuf.Reader.create(written((writer) => writer.varint(value)));
      expect(Number(reader.int64())).toBe(value);
    }
  });

  test('seconds and nanoseconds are nanoseconds since the epoch', () => {
    fc.assert(
      fc.property(fc.nat(2 ** 31), fc.nat(999_999_999), (seconds, nanoseconds) => {
        const bytes = Buffer.from(written((writer) => writer.time(seconds, nanoseconds)));
        const expected = BigInt(seconds) * 1_000_000_000n + BigInt(nanoseconds);
        expect(bytes.readBigUInt64LE()).toBe(expected);
      }),
    );
  });

  test('a message of any length has its length before it', () => {
    for (const length of [0, 1, 127, 128, 16_383, 16_384, 70_000]) {
      const bytes = written((writer) => {
        const outer = writer.begin();
        const inner = writer.begin();
        for (let i = 0; i < length; i++) writer.byte(i & 255);
        writer.end(inner);
        writer.end(outer);
      });
      const outer = protobuf.Reader.create(bytes).bytes();
      const inner = protobuf.Reader.create(outer).bytes();
      expect(inner.length).toBe(length);
      expect(inner[length - 1]).toBe(length === 0 ? undefined : (length - 1) & 255);
    }
  });

  test('a writer that starts over keeps what was copied', () => {
    const writer = new ByteWriter(4);
    writer.string('first');
    const first = writer.copy();
    writer.reset();
    writeAnyValue(writer, ['second', 2, 2.5, true, null, new Uint8Array([1]), { a: { b: -1 } }]);
    expect(protobuf.Reader.create(first).string()).toBe('first');
    expect(writer.copy()[0]).toBe(0x2a);
  });
});

test('the words of a Collector that refuses a part', () => {
  const answer = written((writer) => {
    writer.byte(0x0a);
    const start = writer.begin();
    writer.byte(0x08);
    writer.varint(300);
    writer.byte(0x12);
    writer.string('too many');
    writer.end(start);
  });
  const errorMessage = 'too many';
  expect(readAnswer(answer)).toEqual({ partialSuccess: { errorMessage, rejectedSpans: 300 } });
  expect(readAnswer(new Uint8Array())).toEqual({});
  expect(() => readAnswer(new Uint8Array([0x0a, 9, 1]))).toThrow(RangeError);
});
