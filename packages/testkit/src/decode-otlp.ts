import protobuf from 'protobufjs';
import type { Signal, WireRequest } from './otlp-messages.ts';
import { otlpProto } from './otlp-proto.ts';

const schema = protobuf.parse(otlpProto).root;
const requestTypes = {
  metrics: schema.lookupType('otlp.ExportMetricsServiceRequest'),
  traces: schema.lookupType('otlp.ExportTraceServiceRequest'),
  logs: schema.lookupType('otlp.ExportLogsServiceRequest'),
};

/** Decodes the body of one OTLP/HTTP export. 64-bit integers come out as `bigint`. Throws on a malformed body. */
export function decodeOtlp<S extends Signal>(
  signal: S,
  encoding: 'protobuf' | 'json',
  body: Uint8Array,
): WireRequest[S] {
  const type = requestTypes[signal];
  const message =
    encoding === 'protobuf'
      ? type.decode(body)
      : type.fromObject(JSON.parse(new TextDecoder().decode(body), hexIdsToBytes));
  return type.toObject(message, { longs: BigInt, defaults: true }) as WireRequest[S];
}

/** Ids are hexadecimal in OTLP's JSON, where protobuf's own JSON mapping has base64. */
function hexIdsToBytes(key: string, value: unknown): unknown {
  const isId = key === 'traceId' || key === 'spanId' || key === 'parentSpanId';
  return isId && typeof value === 'string' ? Buffer.from(value, 'hex') : value;
}
