import type { MeterProvider } from '@opentelemetry/api';
import type { Encoding, Signal } from '../export/otlp-http-options.ts';
import type { Undo } from '../instrumentations/environment.ts';
import type { SpanBatches } from '../trace/span-batches.ts';
import type { StartedSpans } from '../trace/started-spans.ts';
import { component } from './component.ts';
import { ExporterMetrics } from './exporter-metrics.ts';
import { sdkMeters } from './sdk-meters.ts';
import { upstreamMeterProvider } from './upstream-meter-provider.ts';
import { watchSpans } from './watch-spans.ts';

/** How the SDK measures itself, as long as it runs. */
export interface SelfMetrics {
  exporter(signal: Signal, encoding: Encoding, url: string): ExporterMetrics;
  /** Has taken so many seconds to collect all metrics, to no end if `errorType` says why. */
  collected(seconds: number, errorType?: string): void;
  watchSpans(started: StartedSpans, batches: SpanBatches): void;
  /** For the parts that are upstream's. */
  readonly provider: MeterProvider;
  /** Before a collection: adds what was only counted until then. */
  observe(): void;
  readonly stop: Undo;
}

export function selfMetrics(): SelfMetrics {
  const reader = component('periodic_metric_reader');
  const upstream = upstreamMeterProvider();
  const watched: ReturnType<typeof watchSpans>[] = [];
  return {
    exporter: (...which) => new ExporterMetrics(...which),
    collected: (seconds, errorType) =>
      sdkMeters.collectionDuration.record(seconds, { ...reader, 'error.type': errorType }),
    watchSpans: (...which) => {
      watched.push(watchSpans(...which));
    },
    provider: upstream.provider,
    observe: () => {
      for (const { observe } of watched) observe();
      upstream.observe();
    },
    stop: () => {
      for (const { stop } of watched) stop();
    },
  };
}
