/** Prometheus' units, each in milliseconds. A week has 7 days and a year 365. */
const UNITS = [
  ['y', 365 * 86_400_000],
  ['w', 7 * 86_400_000],
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1_000],
  ['ms', 1],
] as const;
const DURATION = /^(?:\d+y)?(?:\d+w)?(?:\d+d)?(?:\d+h)?(?:\d+m(?!s))?(?:\d+s)?(?:\d+ms)?$/;

/**
 * Seconds of a duration as Prometheus writes it, `5m` or `1h30m`.
 * @see https://prometheus.io/docs/prometheus/latest/querying/basics/#float-literals-and-time-durations
 * @throws RangeError for anything else
 */
export function durationSeconds(duration: string): number {
  if (duration === '' || !DURATION.test(duration))
    throw new RangeError(
      `Expected a duration to be as Prometheus writes it, got ${JSON.stringify(duration)}; write 5m or 1h30m.`,
    );
  let ms = 0;
  for (const [, digits, unit] of duration.matchAll(/(\d+)(ms|[ywdhms])/g))
    ms += Number(digits) * (UNITS.find(([name]) => name === unit)?.[1] ?? 0);
  return ms / 1000;
}

/**
 * A duration divided by `timeScale`, in whole seconds and at least `1s`; nothing (`0s`) stays nothing.
 * @example scaledDuration('5m', 1); // '5m'
 * @example scaledDuration('5m', 20); // '15s'
 */
export function scaledDuration(duration: string, timeScale: number): string {
  const seconds = durationSeconds(duration);
  if (timeScale === 1 || seconds === 0) return duration;
  const scaled = Math.max(1, Math.round(seconds / timeScale));
  const [unit, ms] = UNITS.slice(2).find(([, ms]) => (scaled * 1000) % ms === 0) ?? ['s', 1000];
  return `${(scaled * 1000) / ms}${unit}`;
}
