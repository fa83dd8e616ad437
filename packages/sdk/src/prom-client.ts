import type { MetricProducer } from '@opentelemetry/sdk-metrics';
import { addMetricSource } from './export/metric-sources.ts';
import { type PromOptions, PromSource } from './prom-client/prom-source.ts';
import type { PromRegistry } from './prom-client/registry.ts';

export type { PromOptions } from './prom-client/prom-source.ts';
export type { PromRegistry } from './prom-client/registry.ts';

/**
 * Sends the metrics of prom-client registries along with every export of the SDK, under the names, labels, types and descriptions that a
 * scrape of them shows; `/metrics` of the application may stay as it is. Returns its undo. Call it once, before or after the SDK starts.
 *
 * A metric that throws, hangs or has too many series is left out of that export and named once on stderr; the others go. A registry is read
 * when metrics are exported, so what changes after the last export of a process is sent where the SDK ends it: not by `process.exit()`.
 *
 * With `OTEL_CONFIG_FILE`, whose exporters are upstream's own, nothing is sent, and one line on stderr says so.
 *
 * @throws TypeError for something that is no registry, RangeError for an option out of its range
 * @example
 * import { exportRegistry } from '@bellwether/sdk/prom-client';
 * import { register } from 'prom-client';
 * exportRegistry(register);
 */
export function exportRegistry(
  registries: PromRegistry | readonly PromRegistry[],
  options: PromOptions = {},
): () => void {
  return addMetricSource(sourceOf(registries, options));
}

/**
 * The same for another OpenTelemetry SDK: a producer for `metricProducers` of its reader. Summaries, which that SDK does not know, leave as a
 * gauge and two sums of the same names.
 *
 * @throws as `exportRegistry`
 * @example
 * const reader = new PeriodicExportingMetricReader({ exporter, metricProducers: [registryProducer(register)] });
 */
export function registryProducer(
  registries: PromRegistry | readonly PromRegistry[],
  options: PromOptions = {},
): MetricProducer {
  return sourceOf(registries, options).producer;
}

function sourceOf(
  given: PromRegistry | readonly PromRegistry[],
  { timeoutMs = 1_000, maxSeries = 10_000 }: PromOptions,
): PromSource {
  const registries = Array.isArray(given) ? (given as readonly PromRegistry[]) : [given];
  for (const registry of registries as readonly Partial<PromRegistry>[]) {
    if (typeof registry?.getMetricsAsArray !== 'function')
      throw new TypeError(
        `Expected a Registry of prom-client, got ${registry === null ? 'null' : typeof registry}; pass its register or a new Registry(). [ERR_PROM_CLIENT]`,
      );
  }
  check('timeoutMs', timeoutMs, 30_000);
  check('maxSeries', maxSeries, 1_000_000);
  return new PromSource(registries as readonly PromRegistry[], { timeoutMs, maxSeries });
}

function check(name: string, value: number, most: number): void {
  if (Number.isInteger(value) && value >= 1 && value <= most) return;
  throw new RangeError(
    `Expected ${name} to be a whole number from 1 to ${most}, got ${value}; leave it out for its default. [ERR_PROM_CLIENT]`,
  );
}
