import { diag } from '@opentelemetry/api';
import type { MetricProducer } from '@opentelemetry/sdk-metrics';
import type { MetricPart, MetricSource } from '../export/metric-sources.ts';
import { Collection } from './collection.ts';
import { MetricReads } from './metric-reads.ts';
import { isPromMetric, type PromMetric, type PromRegistry } from './registry.ts';
import type { SeriesHistory } from './series-history.ts';
import type { Snapshot } from './snapshot.ts';

/** How registries are read. */
export interface PromOptions {
  /** Milliseconds that the `collect()` of a metric may take, 1 to 30,000; what a slower one says goes with the next export. Default 1,000. */
  readonly timeoutMs?: number;
  /** Series of all registries together, 1 to 1,000,000; a metric that does not fit is left out as a whole and named once. Default 10,000. */
  readonly maxSeries?: number;
}

/** Reads registries for each export, and remembers since when their series count. */
export class PromSource implements MetricSource {
  readonly producer: MetricProducer;
  readonly #registries: readonly PromRegistry[];
  readonly #maxSeries: number;
  readonly #timeoutMs: number;
  readonly #reads: MetricReads;
  readonly #histories = new Map<string, SeriesHistory>();
  readonly #said = new Set<string>();
  #last: Promise<unknown> = Promise.resolve();
  #timeMs = 0;

  constructor(
    registries: readonly PromRegistry[],
    { timeoutMs, maxSeries }: Required<PromOptions>,
  ) {
    this.#registries = registries;
    this.#maxSeries = maxSeries;
    this.#reads = new MetricReads();
    this.#timeoutMs = timeoutMs;
    this.producer = {
      collect: async () => {
        const { metricData } = await import('./metric-data.ts');
        return metricData(await this.#snapshot(timeoutMs));
      },
    };
  }

  async parts(waitMs: number): Promise<readonly MetricPart[]> {
    try {
      const { writeParts } = await import('./write-parts.ts');
      return await writeParts(await this.#snapshot(Math.min(waitMs, this.#timeoutMs)));
    } catch (error) {
      diag.error('the registries of prom-client could not be read', error);
      return [];
    }
  }

  /** One after the other: two exports may overlap at the end of a process. */
  #snapshot(waitMs: number): Promise<Snapshot> {
    const next = this.#last.then(() => this.#collect(waitMs));
    this.#last = next.catch(() => {});
    return next;
  }

  async #collect(waitMs: number): Promise<Snapshot> {
    const { found, isComplete } = this.#metrics();
    const reads = await this.#reads.read([...found.keys()], waitMs);
    // Later than the series of the collection before, whose starts are a millisecond later than it.
    this.#timeMs = Math.max(Date.now(), this.#timeMs + 2);
    const collection = new Collection({
      timeMs: this.#timeMs,
      maxSeries: this.#maxSeries,
      histories: this.#histories,
      say: (key, text) => this.#say(key, text),
    });
    for (const [metric, registry] of found) {
      await collection.add(metric, registry, reads.get(metric) ?? 'late');
    }
    return collection.end(isComplete);
  }

  /** A metric that is in several registries is read once, as the first has it. */
  #metrics(): { readonly found: Map<PromMetric, PromRegistry>; readonly isComplete: boolean } {
    const found = new Map<PromMetric, PromRegistry>();
    let isComplete = true;
    for (const registry of this.#registries) {
      try {
        for (const metric of registry.getMetricsAsArray()) {
          if (isPromMetric(metric) && !found.has(metric)) found.set(metric, registry);
        }
      } catch (error) {
        isComplete = false;
        const why = error instanceof Error ? error.message : String(error);
        this.#say('registry', `a registry was left out of an export: ${why}`);
      }
    }
    return { found, isComplete };
  }

  #say(key: string, text: string): void {
    if (this.#said.has(key) || this.#said.size >= 1_000) return;
    this.#said.add(key);
    diag.warn(`prom-client: ${text} [ERR_PROM_CLIENT]`);
  }
}
