import type { ExponentialHistogram, Histogram } from '@opentelemetry/sdk-metrics';

/** An exponential histogram as one with explicit boundaries; the text format knows no other. Negative values join the lowest bucket. */
export function explicitFromExponential(value: ExponentialHistogram): Histogram {
  const base = 2 ** (2 ** -value.scale);
  const { offset, bucketCounts } = value.positive;
  const negative = value.negative.bucketCounts.reduce((sum, count) => sum + count, 0);
  const boundaries = [value.zeroCount + negative > 0 ? 0 : base ** offset];
  const counts = [value.zeroCount + negative];
  for (const [index, count] of bucketCounts.entries()) {
    boundaries.push(base ** (offset + index + 1));
    counts.push(count);
  }
  return {
    buckets: { boundaries, counts: [...counts, 0] },
    count: value.count,
    ...(value.sum !== undefined && { sum: value.sum }),
  };
}
