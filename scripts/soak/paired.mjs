import { widening } from './widening.mjs';

/**
 * How far one is above the other in the middle, of values taken at the same moments: the median of their differences, so that what moves
 * both at once counts for neither, and what moves one for a moment does not count. `error` is its standard error, from the ranks around
 * the middle, widened for the correlation of neighbours. `spread` is the distance of the other's own quartiles.
 */
export function pairedDifference(pairs) {
  const differences = pairs.map(([one, other]) => one - other);
  const sorted = ascending(differences);
  const middle = quantile(sorted, 0.5);
  const ranks = Math.sqrt(widening(differences.map((value) => value - middle)) / sorted.length) / 2;
  const error = (quantile(sorted, 0.5 + ranks) - quantile(sorted, 0.5 - ranks)) / 2;
  const others = ascending(pairs.map(([, other]) => other));
  return { middle, error, spread: quantile(others, 0.75) - quantile(others, 0.25) };
}

const ascending = (values) => [...values].sort((a, b) => a - b);

function quantile(sorted, share) {
  const rank = Math.round(Math.min(1, Math.max(0, share)) * (sorted.length - 1));
  return sorted[rank];
}
