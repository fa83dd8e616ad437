import { type Metric, metricOf } from '../metrics/metric.ts';
import type { ResolvedSpec } from '../monitoring-spec.ts';
import { quantile } from '../query/promql.ts';
import type { QueryScope } from '../query/query-scope.ts';

/**
 * The histogram that tells how long buyers wait: a team's own `<shop>.checkout.duration`, else the payment time of the presets.
 * @returns undefined when no catalog has either
 */
export function checkoutMetric({ catalogs }: Pick<ResolvedSpec, 'catalogs'>): Metric | undefined {
  const histograms = catalogs
    .flatMap(({ instruments }) => instruments)
    .filter(({ kind }) => kind === 'histogram');
  const found =
    histograms.find(({ name }) => name.endsWith('checkout.duration')) ??
    histograms.find(({ name }) => name === 'commerce.payment.duration');
  return found === undefined ? undefined : metricOf(found);
}

/** Seconds below which the share `q` of checkouts was done. */
export function checkoutTime(
  q: number,
  spec: Pick<ResolvedSpec, 'catalogs'>,
  scope: QueryScope,
): string | undefined {
  const metric = checkoutMetric(spec);
  return metric === undefined ? undefined : quantile(q, metric, scope);
}
