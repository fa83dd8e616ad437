import type { Telemetry } from '../export/telemetry-handle.ts';
import type { Undo } from '../instrumentations/environment.ts';
import { flushBeforeExit } from './before-exit.ts';
import { withDeadline } from './deadline.ts';
import { deliverOnExit } from './exit.ts';
import { flushOnSignals } from './signals.ts';

/** After a flush that did not come through, another one of the same end does not wait again. */
const GIVE_UP_MS = 10_000;

/** Delivers telemetry at every end of the process that leaves time for it, each within the deadline. */
export function flushAtEnd(telemetry: Telemetry, deadlineMs: number): Undo {
  let failedAt = Number.NEGATIVE_INFINITY;
  const remaining = () => (performance.now() - failedAt < GIVE_UP_MS ? 0 : deadlineMs);
  const flush = async (hold: boolean) => {
    const done = await withDeadline(telemetry.forceFlush({ last: true }), remaining(), hold);
    if (!done) failedAt = performance.now();
    return done;
  };
  const signals = flushOnSignals(flush);
  const beforeExit = flushBeforeExit(async () => {
    const done = await flush(true);
    // Nothing else is left to do, and upstream's exporters would hold the process for as long as an export may take.
    if (!done && telemetry.mayHoldProcess) process.exit();
  });
  const exit = deliverOnExit(
    () => telemetry.lastRequests(),
    remaining,
    () => beforeExit.isFlushed() || signals.isDying(),
  );
  return () => {
    for (const undo of [signals.undo, beforeExit.undo, exit]) undo();
  };
}
