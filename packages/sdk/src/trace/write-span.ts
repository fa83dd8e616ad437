// Hot: every recorded span when it ends. Bench: span.bench.ts
import type { SpanContext } from '@opentelemetry/api';
import { writeAttributes } from '../otlp/any-value.ts';
import { type ByteWriter, sizeOfVarint } from '../otlp/byte-writer.ts';
import type { AttributeCache } from './attribute-cache.ts';
import { writeHex } from './hex-bytes.ts';
import type { RecordedSpan, SpanEvent, SpanLink } from './recorded-span.ts';

const HAS_IS_REMOTE = 0x100;
const IS_REMOTE = 0x200;
/** More than the ids with their tags take, and the parts of fixed length after the name and at the end. */
const FIXED = 64;

/**
 * Appends a span as the field `spans` (2) of `ScopeSpans`; byte by byte what upstream's serializer writes
 * (https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/trace/v1/trace.proto).
 */
export function writeSpan(writer: ByteWriter, span: RecordedSpan, cache: AttributeCache): void {
  const { parentSpanContext: parent } = span;
  writer.reserve(FIXED);
  const first = writer.position;
  // Two bytes for the length: nearly every span is between 128 and 16383 bytes long.
  const start = first + 3;
  writer.bytes[first] = 0x12;
  writeIds(writer, start, span);
  if (parent !== undefined) {
    if (parent.traceState !== undefined) writeTraceState(writer, parent);
    writer.reserve(FIXED);
    writer.position = writeSpanId(writer.bytes, writer.position, 0x22, parent.spanId);
  }
  writer.byte(0x2a);
  writer.string(String(span.name));
  writer.byte(0x30);
  writer.varint(span.kind + 1);
  writer.byte(0x39);
  writer.time(span.startSeconds, span.startNanos);
  writer.byte(0x41);
  writer.time(span.endSeconds, span.endNanos);
  const { pairs, dropped } = span.list;
  for (let i = 0; i < pairs.length; i += 2) {
    cache.write(writer, 0x4a, pairs[i] as string, pairs[i + 1]);
  }
  const { events, links, droppedEventsCount, droppedLinksCount, status } = span;
  const more = dropped + droppedEventsCount + droppedLinksCount + events.length + links.length;
  if (more === 0 && !status.message && status.code < 128) {
    writePlainEnd(writer, status.code);
  } else {
    writer.byte(0x50);
    writer.varint(dropped);
    for (const event of events) writeEvent(writer, event);
    writer.byte(0x60);
    writer.varint(droppedEventsCount);
    for (const link of links) writeLink(writer, link);
    writer.byte(0x70);
    writer.varint(droppedLinksCount);
    writeStatus(writer, status.code, status.message);
  }
  writer.byte(0x85);
  writer.byte(0x01);
  writer.fixed32(flags(1, parent?.isRemote));
  writeLength(writer, start);
}

function writeIds(writer: ByteWriter, start: number, { traceId, spanId }: RecordedSpan): void {
  const { bytes } = writer;
  bytes[start] = 0x0a;
  bytes[start + 1] = 16;
  writer.position = writeSpanId(bytes, writeHex(bytes, start + 2, traceId), 0x12, spanId);
}

function writeSpanId(bytes: Uint8Array, at: number, tag: number, spanId: string): number {
  bytes[at] = tag;
  bytes[at + 1] = 8;
  return writeHex(bytes, at + 2, spanId);
}

/** Nothing dropped, no events, no links, and a status without words. */
function writePlainEnd(writer: ByteWriter, code: number): void {
  writer.reserve(FIXED);
  const { bytes, position: at } = writer;
  bytes[at] = 0x50;
  bytes[at + 1] = 0;
  bytes[at + 2] = 0x60;
  bytes[at + 3] = 0;
  bytes[at + 4] = 0x70;
  bytes[at + 5] = 0;
  bytes[at + 6] = 0x7a;
  bytes[at + 7] = 2;
  bytes[at + 8] = 0x18;
  bytes[at + 9] = code;
  writer.position = at + 10;
}

/** Writes the length before `start`, where two bytes were kept for it; other lengths move the span. */
function writeLength(writer: ByteWriter, start: number): void {
  const length = writer.position - start;
  const size = sizeOfVarint(length);
  if (size !== 2) {
    writer.reserve(size);
    writer.bytes.copyWithin(start - 2 + size, start, writer.position);
  }
  writer.position = start - 2;
  writer.varint(length);
  writer.position += length;
}

function writeStatus(writer: ByteWriter, code: number, message: string | undefined): void {
  writer.byte(0x7a);
  const start = writer.begin();
  if (message) {
    writer.byte(0x12);
    writer.string(message);
  }
  writer.byte(0x18);
  writer.varint(code);
  writer.end(start);
}

function writeEvent(writer: ByteWriter, event: SpanEvent): void {
  writer.byte(0x5a);
  const start = writer.begin();
  writer.byte(0x09);
  writer.time(event.time[0], event.time[1]);
  writer.byte(0x12);
  writer.string(String(event.name));
  if (event.attributes) writeAttributes(writer, 0x1a, event.attributes);
  writer.byte(0x20);
  writer.varint(event.droppedAttributesCount ?? 0);
  writer.end(start);
}

function writeLink(writer: ByteWriter, { context, ...link }: SpanLink): void {
  writer.byte(0x6a);
  const start = writer.begin();
  writer.byte(0x0a);
  writer.lengthAndBytes(hexBytes(context.traceId));
  writer.byte(0x12);
  writer.lengthAndBytes(hexBytes(context.spanId));
  writeTraceState(writer, context);
  if (link.attributes) writeAttributes(writer, 0x22, link.attributes);
  writer.byte(0x28);
  writer.varint(link.droppedAttributesCount ?? 0);
  writer.byte(0x35);
  writer.fixed32(flags(context.traceFlags, context.isRemote));
  writer.end(start);
}

function writeTraceState(writer: ByteWriter, context: SpanContext | undefined): void {
  const state = context?.traceState?.serialize();
  if (!state) return;
  writer.byte(0x1a);
  writer.string(state);
}

/** Of a link, whose ids are whatever the application made of them. */
function hexBytes(hex: string): Uint8Array {
  const bytes = new Uint8Array(hex.length >> 1);
  writeHex(bytes, 0, hex);
  return bytes;
}

function flags(traceFlags: number, isRemote: boolean | undefined): number {
  return (traceFlags & 0xff) | HAS_IS_REMOTE | (isRemote ? IS_REMOTE : 0);
}
