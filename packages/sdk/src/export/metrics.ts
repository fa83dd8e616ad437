import { takeOver } from '@bellwether/meters/runtime';
import type { MeterProvider as MeterProviderApi } from '@opentelemetry/api';
import type { Resource } from '@opentelemetry/resources';
import type { StandardSettings } from '../config/read-standard.ts';
import type { SdkConfig } from '../config/sdk-config.ts';
import type { Undo } from '../instrumentations/environment.ts';
import { isMainThread } from '../lifecycle/this-thread.ts';
import type { SelfMetrics } from '../self-metrics/self-metrics.ts';
import { exporterNames } from './exporter-names.ts';
import { histogramBuckets } from './histogram-buckets.ts';
import { leanMetrics } from './lean-metrics.ts';
import { withSources } from './metric-sources.ts';
import { otlpProtocol } from './otlp-protocol.ts';
import type { Outbox } from './outbox.ts';

/** What the running provider of meters can do. */
export interface MetricsProvider extends MeterProviderApi {
  forceFlush(): Promise<void>;
  shutdown(): Promise<void>;
}

/** Metrics, as long as the SDK runs. */
export interface Metrics {
  /** Undefined when metrics are off. */
  readonly provider: MetricsProvider | undefined;
  /** Of `/metrics`, where it is served. */
  readonly urls: readonly string[];
  beforeCollect(observe: () => Promise<void>): Undo;
  /** Gives the cells of the meters back. */
  release(): void;
}

/**
 * Takes the meters over and exports them as the standard variables say. What leaves by OTLP in protobuf over HTTP alone is collected by ourselves; every other exporter
 * takes upstream's SDK, which is loaded for it only.
 */
export async function metricsFor(
  config: SdkConfig,
  settings: StandardSettings,
  resource: Resource,
  outbox: Outbox,
  self: SelfMetrics | undefined,
): Promise<Metrics> {
  const buckets = histogramBuckets(settings);
  const cells = takeOver({ buckets });
  const observers = new Set<() => Promise<void>>();
  const observe = async () => {
    await Promise.allSettled([...observers].map((observer) => observer()));
  };
  const beforeCollect: Metrics['beforeCollect'] = (observer) => {
    observers.add(observer);
    return () => observers.delete(observer);
  };
  const release = () => cells.release();

  const names = exporterNames(settings, 'METRICS');
  const hasEndpoint = config.metricsPort !== undefined && isMainThread();
  if (names.length === 0 && !hasEndpoint) {
    return { provider: undefined, urls: [], beforeCollect, release };
  }
  const isOurs =
    names.length === 1 &&
    names[0] === 'otlp' &&
    otlpProtocol(settings, 'METRICS') === 'http/protobuf' &&
    !hasEndpoint;
  if (isOurs) {
    const sources = { meters: cells, resource, settings, outbox, buckets, observe, self };
    return { provider: leanMetrics(sources), urls: [], beforeCollect, release };
  }
  const producer = withSources({
    collect: async () => {
      await observe();
      return cells.producer.collect();
    },
  });
  const { upstreamMetrics } = await import('./upstream-metrics.ts');
  const upstream = await upstreamMetrics(config, settings, resource, outbox, {
    meters: cells,
    producer,
    buckets,
    observe,
    self,
  });
  return { ...upstream, beforeCollect, release };
}
