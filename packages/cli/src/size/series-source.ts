/** Series that come from one thing. */
export interface SeriesSource {
  readonly source: string;
  /** Names in Prometheus, without `_bucket`, `_count` and `_sum`; empty where they are not listed. */
  readonly metrics: readonly string[];
  readonly series: number;
  /** The product, in words: `10 tenants x 40 combinations x 17 x 2 processes`. */
  readonly how: string;
  /** Seconds between two samples of a series. */
  readonly everySeconds: number;
  /** Whether a new process has new series. */
  readonly perProcess: boolean;
}

export interface Factor {
  readonly of: string;
  readonly size: number;
}

/** A source that is the product of its factors; those of 1 go without saying. */
export function product(
  rest: Omit<SeriesSource, 'series' | 'how'>,
  factors: readonly Factor[],
): SeriesSource {
  const shown = factors.filter(({ size }) => size !== 1);
  return {
    ...rest,
    series: Math.round(factors.reduce((all, { size }) => all * size, 1)),
    how: (shown.length === 0 ? factors.slice(0, 1) : shown)
      .map(({ of, size }) => `${Number(size.toFixed(2))} ${of}`)
      .join(' x '),
  };
}
