import { spanDuration } from '../metrics/span-metrics.ts';
import { quantile } from '../query/promql.ts';
import type { QueryScope } from '../query/query-scope.ts';

/** Seconds within which the share `q` of server spans ended, by span name: its exemplars lead to traces. */
export const serverSpanTime = (
  q: number,
  scope: QueryScope,
  matchers: readonly string[] = [],
): string =>
  quantile(
    q,
    spanDuration,
    { ...scope, histograms: 'classic' },
    {
      by: ['span_name'],
      matchers: ['span_kind="SPAN_KIND_SERVER"', ...matchers],
    },
  );
