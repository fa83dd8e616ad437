import type { MetricProducer } from '@opentelemetry/sdk-metrics';

/** Points that are not ours, ready to be sent. */
export interface MetricPart {
  /** Fields of a `ResourceMetrics` but for its resource. */
  readonly fields: Uint8Array;
  readonly points: number;
}

/** Somebody whose points go along with each export of metrics. */
export interface MetricSource {
  /** For our own export by OTLP, after at most about `waitMs`. Never rejects. */
  parts(waitMs: number): Promise<readonly MetricPart[]>;
  /** For upstream's exporters. */
  readonly producer: MetricProducer;
}

const place = Symbol.for('@bellwether/sdk/metric-sources/1');

/** The sources of this thread: one list for the preload and for what the application imports, which are bundles of their own. */
export function metricSources(): Set<MetricSource> {
  const global = globalThis as { [place]?: Set<MetricSource> };
  global[place] ??= new Set();
  return global[place];
}

const unsentPlace = Symbol.for('@bellwether/sdk/metric-sources-unsent/1');

type Unsent = { [unsentPlace]?: (() => void) | undefined };

/** Adds a source, and takes it out again. */
export function addMetricSource(source: MetricSource): () => void {
  const sources = metricSources();
  sources.add(source);
  (globalThis as Unsent)[unsentPlace]?.();
  return () => {
    sources.delete(source);
  };
}

/** For exporters that take no source: `say` is called once, for the sources there are or the first to come. The result takes it back. */
export function leaveSourcesUnsent(say: () => void): () => void {
  const global = globalThis as Unsent;
  const once = () => {
    global[unsentPlace] = undefined;
    say();
  };
  if (metricSources().size > 0) say();
  else global[unsentPlace] = once;
  return () => {
    if (global[unsentPlace] === once) global[unsentPlace] = undefined;
  };
}

/** The parts of all sources. Never rejects. */
export async function partsOfSources(waitMs: number): Promise<readonly MetricPart[]> {
  const parts = await Promise.all(Array.from(metricSources(), (source) => source.parts(waitMs)));
  return parts.flat();
}

/** The same producer, with what the sources have. */
export function withSources(inner: MetricProducer): MetricProducer {
  return {
    collect: async (options) => {
      const producers = [inner, ...Array.from(metricSources(), ({ producer }) => producer)];
      const [own, ...others] = await Promise.all(
        producers.map((producer) => producer.collect(options)),
      );
      const { resourceMetrics, errors } = own as NonNullable<typeof own>;
      const scopeMetrics = others.flatMap((other) => other.resourceMetrics.scopeMetrics);
      return {
        resourceMetrics: {
          ...resourceMetrics,
          scopeMetrics: [...resourceMetrics.scopeMetrics, ...scopeMetrics],
        },
        errors: [...errors, ...others.flatMap((other) => other.errors)],
      };
    },
  };
}
