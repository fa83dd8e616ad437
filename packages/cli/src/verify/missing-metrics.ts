import type { Finding } from './finding.ts';

/** A metric that does not exist, with how many queries miss it. */
export interface MissingMetric {
  /** Without `_bucket`, `_count`, `_sum`. */
  readonly metric: string;
  readonly queries: number;
}

/** The metrics that Prometheus does not have, the one that most queries miss first: a few causes explain many problems. */
export function missingMetrics(problems: readonly Finding[]): readonly MissingMetric[] {
  const queries = new Map<string, number>();
  for (const { missing } of problems) {
    const names = missing.flatMap(({ metric, because }) =>
      because === 'metric' && metric !== undefined ? [metric.replace(HISTOGRAM, '')] : [],
    );
    for (const name of new Set(names)) queries.set(name, (queries.get(name) ?? 0) + 1);
  }
  return [...queries]
    .map(([metric, count]) => ({ metric, queries: count }))
    .sort((a, b) => b.queries - a.queries || a.metric.localeCompare(b.metric));
}

const HISTOGRAM = /_(bucket|count|sum)$/;
