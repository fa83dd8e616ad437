import type { ResolvedSpec } from '../monitoring-spec.ts';
import { type Metric, metricOf } from './metric.ts';

/**
 * The metric of an instrument of the catalogs, by its OpenTelemetry name.
 * @returns undefined when no catalog has it: what would be about it is then left out
 * @example const orders = catalogMetric(spec, 'commerce.orders');
 */
export function catalogMetric(
  { catalogs }: Pick<ResolvedSpec, 'catalogs'>,
  name: string,
): Metric | undefined {
  for (const { instruments } of catalogs) {
    const found = instruments.find((instrument) => instrument.name === name);
    if (found !== undefined) return metricOf(found);
  }
  return undefined;
}
