/** A loop of so many calls of the code that is compared. */
export type Loop = (calls: number) => void;

/** Calls of one slice: some tenths of a millisecond, and each of 1,000 tenants is met. */
const OURS = 4_000;
const THEIRS = 1_000;
const TURNS = 150;

/**
 * What one of our calls costs as a share of one of theirs. Both run in many slices, in turns, and the fastest slice of each counts: whatever
 * else runs on the machine only adds to a slice, and leaves some of so many alone.
 */
export function shareOf(ours: Loop, theirs: Loop): number {
  let ourFastest = Number.POSITIVE_INFINITY;
  let theirFastest = Number.POSITIVE_INFINITY;
  for (let turn = 0; turn < TURNS; turn++) {
    ourFastest = Math.min(ourFastest, nanosecondsOf(ours, OURS));
    theirFastest = Math.min(theirFastest, nanosecondsOf(theirs, THEIRS));
  }
  return ourFastest / theirFastest;
}

/** Bytes of one call that stay until the garbage collector comes. Needs `--expose-gc` and a large young generation. */
export function bytesOf(loop: Loop): number {
  const calls = 20_000;
  let least = Number.POSITIVE_INFINITY;
  for (let turn = 0; turn < 5; turn++) {
    globalThis.gc?.({ type: 'minor', execution: 'sync' });
    const before = process.memoryUsage().heapUsed;
    loop(calls);
    least = Math.min(least, process.memoryUsage().heapUsed - before);
  }
  // Reading the memory allocates some kilobytes itself.
  return Math.max(0, Math.round(least / calls));
}

function nanosecondsOf(loop: Loop, calls: number): number {
  const before = process.hrtime.bigint();
  loop(calls);
  return Number(process.hrtime.bigint() - before) / calls;
}
