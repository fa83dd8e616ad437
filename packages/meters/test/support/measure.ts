/** What one call costs. */
export interface Measured {
  readonly name: string;
  /** The fastest of several runs: what else runs on the machine only ever adds. */
  readonly nanoseconds: number;
  /** Of several runs, how far the slowest is from the fastest, in percent. */
  readonly spreadPercent: number;
  readonly bytes: number;
}

const RUNS = 9;

/**
 * Times `run(calls)`, which makes that many calls in a loop of its own, so that the loop is what V8 compiles.
 * Bytes need `--expose-gc --min-semi-space-size=64`; they are NaN without.
 */
export function measure(name: string, run: (calls: number) => void, calls = 1_000_000): Measured {
  run(20_000);
  run(20_000);
  const times: number[] = [];
  for (let i = 0; i < RUNS; i++) {
    const before = process.hrtime.bigint();
    run(calls);
    times.push(Number(process.hrtime.bigint() - before) / calls);
  }
  times.sort((a, b) => a - b);
  const [fastest = Number.NaN] = times;
  const spread = ((times[RUNS - 1] ?? Number.NaN) / fastest - 1) * 100;
  return {
    name,
    nanoseconds: round(fastest),
    spreadPercent: Math.round(spread),
    bytes: bytesOf(run),
  };
}

function bytesOf(run: (calls: number) => void): number {
  if (globalThis.gc === undefined) return Number.NaN;
  const calls = 20_000;
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < 5; i++) {
    globalThis.gc();
    const before = process.memoryUsage().heapUsed;
    run(calls);
    least = Math.min(least, process.memoryUsage().heapUsed - before);
  }
  // Reading the memory allocates some kilobytes itself.
  return Math.max(0, Math.round(least / calls));
}

function round(nanoseconds: number): number {
  return Math.round(nanoseconds * 10) / 10;
}
