import type { FamilyKind } from './prom-name.ts';
import { type PromAnswer, type PromValue, textLabels } from './registry.ts';

/** The counts of the buckets, one more than there are boundaries. */
export interface HistogramValue {
  readonly boundaries: readonly number[];
  readonly counts: readonly number[];
  readonly count: number;
  readonly sum: number;
}

export interface SummaryValue {
  readonly quantiles: readonly (readonly [quantile: number, value: number])[];
  readonly count: number;
  readonly sum: number;
}

/** What one series of a metric has. */
export interface RawPoint<Value> {
  readonly labels: Record<string, string>;
  readonly value: Value;
}

/** How many series an answer has. */
export function seriesIn({ name, values }: PromAnswer, kind: FamilyKind): number {
  if (kind !== 'histogram' && kind !== 'summary') return values.length;
  return values.filter(({ metricName }) => metricName === `${name}_count`).length;
}

/** Of a counter or a gauge. */
export function* numberPoints({ values }: PromAnswer): Generator<RawPoint<number>> {
  for (const { labels = {}, value } of values) yield { labels: textLabels(labels), value };
}

/** Of a histogram: prom-client lists the buckets of a series, then its sum, then its count. */
export function* histogramPoints({
  name,
  values,
}: PromAnswer): Generator<RawPoint<HistogramValue> | undefined> {
  for (const { rows, sum, count } of groups(name, values)) {
    const boundaries: number[] = [];
    const counts: number[] = [];
    let below = 0;
    for (const { labels, value } of rows) {
      const boundary = Number(labels?.le);
      if (Number.isFinite(boundary)) boundaries.push(boundary);
      counts.push(value - below);
      below = value;
    }
    const isComplete =
      count !== undefined &&
      counts.length === boundaries.length + 1 &&
      boundaries.every((boundary, i) => i === 0 || boundary > (boundaries[i - 1] as number)) &&
      below === count.value &&
      counts.every((each) => Number.isSafeInteger(each) && each >= 0);
    yield isComplete
      ? {
          labels: textLabels(count.labels ?? {}),
          value: { boundaries, counts, count: count.value, sum: sum?.value ?? 0 },
        }
      : undefined;
  }
}

/** Of a summary: in the same order. */
export function* summaryPoints({
  name,
  values,
}: PromAnswer): Generator<RawPoint<SummaryValue> | undefined> {
  for (const { rows, sum, count } of groups(name, values)) {
    yield count !== undefined && Number.isSafeInteger(count.value)
      ? {
          labels: textLabels(count.labels ?? {}),
          value: {
            quantiles: rows.map(({ labels, value }) => [Number(labels?.quantile), value] as const),
            count: count.value,
            sum: sum?.value ?? 0,
          },
        }
      : undefined;
  }
}

interface Group {
  readonly rows: readonly PromValue[];
  readonly sum: PromValue | undefined;
  readonly count: PromValue | undefined;
}

function* groups(name: string, values: readonly PromValue[]): Generator<Group> {
  let rows: PromValue[] = [];
  let sum: PromValue | undefined;
  for (const value of values) {
    if (value.metricName === `${name}_sum`) sum = value;
    else if (value.metricName === `${name}_count`) {
      yield { rows, sum, count: value };
      rows = [];
      sum = undefined;
    } else rows.push(value);
  }
  if (rows.length > 0) yield { rows, sum, count: undefined };
}
