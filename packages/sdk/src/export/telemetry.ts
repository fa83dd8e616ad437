import { isMainThread } from 'node:worker_threads';
import { takeOver } from '@bellwether/meters/runtime';
import {
  context,
  diag,
  logs,
  metrics,
  propagation,
  type TextMapPropagator,
  trace,
} from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import type { Resource } from '@opentelemetry/resources';
import { LoggerProvider } from '@opentelemetry/sdk-logs';
import { type IMetricReader, MeterProvider } from '@opentelemetry/sdk-metrics';
import type { StandardSettings } from '../config/read-standard.ts';
import type { SdkConfig } from '../config/table.ts';
import { tenantLogProcessor } from '../tenant/tenant-log-processor.ts';
import { tenantViews } from '../views/tenant-view.ts';
import { histogramBuckets } from './histogram-buckets.ts';
import { logRecordLimits } from './limits.ts';
import { exportingLogRecordProcessors } from './log-record-processors.ts';
import { exportingMetricReaders } from './metric-readers.ts';
import { usesGrpc } from './otlp-protocol.ts';
import { Outbox } from './outbox.ts';
import type { Telemetry } from './telemetry-handle.ts';
import { tracesFor } from './traces.ts';

/** Builds the providers from the component packages and makes them OpenTelemetry's globals. */
export async function startTelemetry(
  config: SdkConfig,
  settings: StandardSettings,
  resource: Resource,
  propagator: TextMapPropagator,
): Promise<Telemetry> {
  const outbox = new Outbox();
  const buckets = histogramBuckets(settings);
  const cells = takeOver({ buckets });
  const observers = new Set<() => Promise<void>>();
  const observe = async () => {
    await Promise.allSettled([...observers].map((observer) => observer()));
  };
  const producer: typeof cells.producer = {
    collect: async () => {
      await observe();
      return cells.producer.collect();
    },
  };
  const meters = { ...cells, producer };
  const readers: IMetricReader[] = await exportingMetricReaders(settings, meters, resource, outbox);
  if (config.metricsPort !== undefined && isMainThread) {
    const { prometheusReader } = await import('./prometheus-reader.ts');
    const { metricsHost: host, metricsPort: port } = config;
    readers.push(await prometheusReader({ host, port, producer: meters.producer }));
  }
  const logRecordProcessors = await exportingLogRecordProcessors(settings, outbox);

  const providers: { forceFlush(): Promise<void>; shutdown(): Promise<void> }[] = [];
  const sdkMetricsEnabled = process.env.OTEL_NODE_EXPERIMENTAL_SDK_METRICS?.trim() === 'true';
  let meterProvider: MeterProvider | undefined;
  if (readers.length > 0) {
    meterProvider = new MeterProvider({
      resource,
      readers,
      views: tenantViews(buckets),
      sdkMetricsEnabled,
    });
    metrics.setGlobalMeterProvider(meterProvider);
    providers.push(meterProvider);
  }
  const selfObservation = sdkMetricsEnabled && meterProvider ? { meterProvider } : {};
  const observer = sdkMetricsEnabled ? meterProvider : undefined;
  const traces = await tracesFor(settings, resource, outbox, observer);
  if (traces !== undefined) {
    trace.setGlobalTracerProvider(traces);
    providers.push(traces);
  }
  if (logRecordProcessors.length > 0) {
    const loggerProvider = new LoggerProvider({
      resource,
      processors: [tenantLogProcessor(), ...logRecordProcessors],
      logRecordLimits: logRecordLimits(settings),
      ...selfObservation,
    });
    logs.setGlobalLoggerProvider(loggerProvider);
    providers.push(loggerProvider);
  }
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(propagator);

  const all = (step: 'forceFlush' | 'shutdown', last: boolean) =>
    outbox.drain(async () => {
      const results = await Promise.allSettled(providers.map((provider) => provider[step]()));
      for (const result of results) {
        if (result.status === 'rejected') diag.error(`${step} failed`, result.reason);
      }
    }, last);
  return {
    forceFlush: (options) => all('forceFlush', options?.last ?? false),
    beforeCollect: (observer) => {
      observers.add(observer);
      return () => observers.delete(observer);
    },
    lastRequests: () => outbox.lastRequests(),
    mayHoldProcess: usesGrpc(settings),
    shutdown: async () => {
      for (const api of [metrics, trace, logs, propagation, context]) api.disable();
      await all('shutdown', true);
      meters.release();
    },
  };
}
