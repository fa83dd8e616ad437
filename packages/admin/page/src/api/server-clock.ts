/** Seconds that the server's clock is ahead of this one; learnt from every answer. */
let ahead = 0;

/** Above this the page says so: a chart's right edge would visibly be wrong. */
export const NOTABLE_SKEW_SECONDS = 30;

/** Learns from a `Date` header or a body's time; both are whole seconds, so less than two of them is noise. */
export function learnServerTime(serverSeconds: number, localMs = Date.now()): void {
  if (!Number.isFinite(serverSeconds)) return;
  const difference = serverSeconds - localMs / 1000;
  ahead = Math.abs(difference) < 2 ? 0 : difference;
}

export const clockSkewSeconds = (): number => ahead;

/** Now by the server's clock, in unix seconds: what Prometheus is asked for. */
export const serverNow = (localMs = Date.now()): number => localMs / 1000 + ahead;
