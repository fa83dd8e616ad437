/**
 * Seconds to wait after the n-th failure in a row: doubling from `first` to `cap`, of which a random half is taken, so that
 * replicas and channels that failed together do not come back together.
 */
export function backoffSeconds(
  failures: number,
  { first, cap }: { readonly first: number; readonly cap: number },
  random: () => number = Math.random,
): number {
  const full = Math.min(cap, first * 2 ** Math.min(failures - 1, 30));
  return full * (0.5 + random() / 2);
}
