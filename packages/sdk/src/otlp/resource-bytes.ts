import type { Resource } from '@opentelemetry/resources';
import { writeAttributes } from './any-value.ts';
import { ByteWriter } from './byte-writer.ts';

/** The field `resource` (1) of `ResourceSpans`, `ResourceMetrics` and `ResourceLogs`, with its tag. Ask again while attributes are pending. */
export function resourceBytes(resource: Resource): Uint8Array {
  const writer = new ByteWriter(1_024);
  writer.byte(0x0a);
  const start = writer.begin();
  writeAttributes(writer, 0x0a, resource.attributes);
  writer.byte(0x10);
  writer.byte(0);
  writer.end(start);
  return writer.copy();
}

/** The field `schema_url` (3) of the same messages and of those of a scope; nothing when there is none. */
export function schemaUrlBytes(schemaUrl: string | undefined): Uint8Array {
  const writer = new ByteWriter(128);
  if (schemaUrl) {
    writer.byte(0x1a);
    writer.string(schemaUrl);
  }
  return writer.copy();
}

/** The field `scope` (1) of `ScopeSpans`, `ScopeMetrics` and `ScopeLogs`, with its tag. */
export function scopeBytes(scope: { name: string; version?: string | undefined }): Uint8Array {
  const writer = new ByteWriter(128);
  writer.byte(0x0a);
  const start = writer.begin();
  writer.byte(0x0a);
  writer.string(scope.name);
  if (scope.version) {
    writer.byte(0x12);
    writer.string(scope.version);
  }
  writer.end(start);
  return writer.copy();
}
