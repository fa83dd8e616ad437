import type { Telemetry } from '../export/telemetry-handle.ts';
import type { Undo } from '../instrumentations/environment.ts';
import { flushBeforeExit } from './before-exit.ts';
import { withDeadline } from './deadline.ts';
import { deliverOnExit } from './exit.ts';
import { flushOnSignals } from './signals.ts';

/** So long after a flush, what follows is of the same end: the deadline is for all of it, and a flush that did not come through is not waited for again. */
const SAME_END_MS = 10_000;

/** Delivers telemetry at every end of the process that leaves time for it, each within the deadline. */
export function flushAtEnd(telemetry: Telemetry, deadlineMs: number): Undo {
  let spent = { ms: 0, at: Number.NEGATIVE_INFINITY };
  const remaining = () =>
    performance.now() - spent.at < SAME_END_MS ? Math.max(0, deadlineMs - spent.ms) : deadlineMs;
  const flush = async (hold: boolean) => {
    const since = performance.now();
    const done = await withDeadline(telemetry.forceFlush({ last: true }), remaining(), hold);
    const at = performance.now();
    if (!done) spent = { ms: deadlineMs, at };
    // Beside an application that goes on by itself, nothing was spent of its time.
    else if (hold) spent = { ms: at - since, at };
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
