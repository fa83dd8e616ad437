import {
  constants,
  monitorEventLoopDelay,
  PerformanceObserver,
  performance,
} from 'node:perf_hooks';
import type { Undo } from '../instrumentations/environment.ts';
import { differences } from './observed-value.ts';
import { runtimeMeters as meters } from './runtime-meters.ts';

const PRECISION_MS = 10;
const NANOSECONDS = 1e9;
const MILLISECONDS = 1e3;
/** With fewer samples, as right after the last collection, the figures say nothing. */
const FEWEST_SAMPLES = 5;

const gcTypes = new Map([
  [constants.NODE_PERFORMANCE_GC_MAJOR, 'major'],
  [constants.NODE_PERFORMANCE_GC_MINOR, 'minor'],
  [constants.NODE_PERFORMANCE_GC_INCREMENTAL, 'incremental'],
  [constants.NODE_PERFORMANCE_GC_WEAKCB, 'weakcb'],
] as const);

const growth = differences();

/** How busy and how late the event loop of this thread is. `observe` writes what was since it was last called. */
export function watchEventLoop(): { readonly observe: () => void; readonly stop: Undo } {
  const delay = monitorEventLoopDelay({ resolution: PRECISION_MS });
  delay.enable();
  let last = performance.eventLoopUtilization();
  const observe = () => {
    const now = performance.eventLoopUtilization();
    meters.utilization.set(performance.eventLoopUtilization(now, last).utilization);
    last = now;
    for (const state of ['active', 'idle'] as const) {
      const grown = growth(state, now[state] / MILLISECONDS);
      if (grown >= 0) meters.time.add(grown, { 'nodejs.eventloop.state': state });
    }
    if (delay.count < FEWEST_SAMPLES) return;
    meters.delayMin.set(delay.min / NANOSECONDS);
    meters.delayMax.set(delay.max / NANOSECONDS);
    meters.delayMean.set(delay.mean / NANOSECONDS);
    meters.delayStddev.set(delay.stddev / NANOSECONDS);
    meters.delayP50.set(delay.percentile(50) / NANOSECONDS);
    meters.delayP90.set(delay.percentile(90) / NANOSECONDS);
    meters.delayP99.set(delay.percentile(99) / NANOSECONDS);
    delay.reset();
  };
  return { observe, stop: () => delay.disable() };
}

/** How long each garbage collection stopped this thread, by its kind. */
export function watchGarbageCollection(): Undo {
  const observer = new PerformanceObserver((list) => {
    for (const { detail, duration } of list.getEntries()) {
      const type = gcTypes.get((detail as { kind: number }).kind);
      if (type) meters.gcDuration.record(duration / MILLISECONDS, { 'v8js.gc.type': type });
    }
  });
  observer.observe({ entryTypes: ['gc'] });
  return () => observer.disconnect();
}
