import { widening } from './widening.mjs';

/**
 * The straight line through samples `[seconds, value]` by least squares: `slope` an hour, and the standard error of that.
 *
 * Samples of one process lean on each other: one above the line is followed by another above it, so that many of them say less than
 * they seem to. The error is widened by the correlation of neighbours.
 */
export function trend(samples) {
  const count = samples.length;
  if (count < 3) return { slope: Number.NaN, error: Number.NaN };
  const mean = (values) => values.reduce((sum, value) => sum + value, 0) / count;
  const x = samples.map(([seconds]) => seconds / 3_600);
  const y = samples.map(([, value]) => value);
  const middle = mean(x);
  const level = mean(y);
  const spread = sum(x.map((at) => (at - middle) ** 2));
  const slope = sum(x.map((at, index) => (at - middle) * (y[index] - level))) / spread;
  const rest = y.map((value, index) => value - level - slope * (x[index] - middle));
  const squares = sum(rest.map((value) => value ** 2));
  if (squares === 0) return { slope, error: 0 };
  const error = Math.sqrt((squares / (count - 2) / spread) * widening(rest));
  return { slope, error };
}

const sum = (values) => values.reduce((total, value) => total + value, 0);
