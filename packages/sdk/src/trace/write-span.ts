// Hot: every recorded span when it ends. Bench: span.bench.ts
import type { SpanContext } from '@opentelemetry/api';
import { writeAttributes } from '../otlp/any-value.ts';
import type { ByteWriter } from '../otlp/byte-writer.ts';
import type { AttributeCache } from './attribute-cache.ts';
import { writeHex } from './hex-bytes.ts';
import type { RecordedSpan, SpanEvent, SpanLink } from './recorded-span.ts';

const HAS_IS_REMOTE = 0x100;
const IS_REMOTE = 0x200;
/** Tag, lengths and ids, which come first. */
const IDS = 64;

/**
 * Appends a span as the field `spans` (2) of `ScopeSpans`; byte by byte what upstream's serializer writes
 * (https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/trace/v1/trace.proto).
 */
export function writeSpan(writer: ByteWriter, span: RecordedSpan, cache: AttributeCache): void {
  const { parentSpanContext: parent } = span;
  writer.byte(0x12);
  const start = writer.begin();
  writer.reserve(IDS);
  const { bytes } = writer;
  let at = writer.position;
  bytes[at] = 0x0a;
  bytes[at + 1] = 16;
  at = writeHex(bytes, at + 2, span.traceId);
  bytes[at] = 0x12;
  bytes[at + 1] = 8;
  writer.position = writeHex(bytes, at + 2, span.spanId);
  writeTraceState(writer, parent);
  if (parent !== undefined) {
    writer.reserve(IDS);
    at = writer.position;
    writer.bytes[at] = 0x22;
    writer.bytes[at + 1] = 8;
    writer.position = writeHex(writer.bytes, at + 2, parent.spanId);
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
  writer.byte(0x50);
  writer.varint(dropped);
  for (const event of span.events) writeEvent(writer, event);
  writer.byte(0x60);
  writer.varint(span.droppedEventsCount);
  for (const link of span.links) writeLink(writer, link);
  writer.byte(0x70);
  writer.varint(span.droppedLinksCount);
  writeStatus(writer, span.status.code, span.status.message);
  writer.byte(0x85);
  writer.byte(0x01);
  writer.fixed32(flags(1, parent?.isRemote));
  writer.end(start);
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
