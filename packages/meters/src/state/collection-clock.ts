/** Two collections never share a time: Prometheus rejects a second value for it, and the whole request with it. */
export interface CollectionClock {
  lastMs: number;
}

/** What the Collector's filter/time lets through: a point further ahead of its clock was never stored. */
const AHEAD_MS = 300_000;

/**
 * Now, or later: the next time that no collection had. Where the clock was set back by up to five minutes, points stay in their order, a
 * millisecond apart, until it has caught up: a counter whose points are mixed up looks like one reset after another. Where it was set
 * back by more, it was so far ahead before that nothing of that time was stored, and the new time is followed at once.
 */
export function tick(nowMs: number, clock: CollectionClock): number {
  const later = Math.max(nowMs, clock.lastMs + 1);
  clock.lastMs = later - nowMs > AHEAD_MS ? nowMs : later;
  return clock.lastMs;
}
