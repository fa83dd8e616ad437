import { startOtlpReceiver } from '@bellwether/testkit';
import { ExportResultCode } from '@opentelemetry/core';
import { JsonLogsSerializer, ProtobufLogsSerializer } from '@opentelemetry/otlp-transformer';
import { resourceFromAttributes } from '@opentelemetry/resources';
import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import { expect, test } from 'vitest';
import type { ExporterMetrics } from '../self-metrics/exporter-metrics.ts';
import { OtlpExporter } from './otlp-exporter.ts';
import type { OtlpHttpOptions } from './otlp-http-options.ts';
import { Outbox } from './outbox.ts';
import { writableItems } from './writable-items.ts';

const resource = resourceFromAttributes({});
const cyclic: Record<string, unknown> = {};
cyclic.self = cyclic;

const record = (body: unknown) =>
  ({
    ...{ resource, body, attributes: {}, droppedAttributesCount: 0 },
    ...{ hrTime: [1, 0], hrTimeObserved: [1, 0], instrumentationScope: { name: 'test' } },
  }) as unknown as ReadableLogRecord;

async function start(serializer: typeof ProtobufLogsSerializer, type: string) {
  const receiver = await startOtlpReceiver();
  const counted: Record<string, number> = {};
  const count = (what: string, items: number) => {
    counted[what] = (counted[what] ?? 0) + items;
  };
  const exporter = new OtlpExporter<ReadableLogRecord[]>({
    http: {
      url: `${receiver.url}/v1/logs`,
      timeoutMs: 30_000,
      compression: 'none',
      headers: async () => ({ 'Content-Type': type }),
    } as unknown as OtlpHttpOptions,
    serializer,
    limit: 8,
    outbox: new Outbox(undefined),
    count: ({ length }) => length,
    metrics: {
      begin: (items: number) => () => count('sent', items),
      fail: (items: number, errorType: string) => count(errorType, items),
    } as unknown as ExporterMetrics,
    writable: writableItems(serializer),
  });
  return { receiver, exporter, counted };
}

test.each([
  ['application/x-protobuf', ProtobufLogsSerializer],
  ['application/json', JsonLogsSerializer],
] as const)(
  'in %s a record that can not be written costs no other, and each is counted once',
  async (type, serializer) => {
    const { receiver, exporter, counted } = await start(serializer, type);
    const records = ['first', cyclic, 'last'].map(record);
    const codes: ExportResultCode[] = [];
    exporter.export(records, ({ code }) => codes.push(code));
    exporter.export([record(cyclic)], ({ code }) => codes.push(code));
    await exporter.forceFlush();
    expect(receiver.logs().map(({ body }) => body)).toEqual(['first', 'last']);
    expect(counted).toEqual({ sent: 2, not_serializable: 2 });
    expect(codes).toEqual([ExportResultCode.SUCCESS, ExportResultCode.FAILED]);
    expect(exporter.requestFor(records)?.body.length).toBeGreaterThan(0);
    await exporter.shutdown();
  },
);
