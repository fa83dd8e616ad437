const ROUNDS = 9;
/** V8 compiles a loop twice before it is as fast as it gets; on one pinned core the compiler takes its time out of the same core. */
const WARM_UP_MS = 80;

/**
 * Nanoseconds and bytes of one call. `run(calls)` makes the calls in a loop of its own, so that the loop is what V8 compiles. Bytes need
 * `--expose-gc` and a young generation that is not collected while they are counted.
 */
export function measure(run, { roundMs }) {
  const calls = callsIn(run, roundMs);
  const times = [];
  for (let round = 0; round < ROUNDS; round++) {
    // Each round starts with an empty young generation, so that no round pays for another one's garbage, and all pay for their own.
    globalThis.gc({ type: 'minor' });
    times.push(timeOf(run, calls) / calls);
  }
  times.sort((a, b) => a - b);
  return { ns: times[ROUNDS >> 1], fastest: times[0], slowest: times.at(-1), bytes: bytesOf(run) };
}

/** Warms up, and finds how many calls fill a round. */
function callsIn(run, roundMs) {
  let calls = 1_000;
  let warmMs = 0;
  for (;;) {
    const ms = timeOf(run, calls) / 1e6;
    warmMs += ms;
    if (ms < roundMs) calls *= ms < roundMs / 8 ? 4 : 2;
    else if (warmMs >= WARM_UP_MS) return Math.ceil((calls * roundMs) / ms);
  }
}

function timeOf(run, calls) {
  const before = process.hrtime.bigint();
  run(calls);
  return Number(process.hrtime.bigint() - before);
}

function bytesOf(run) {
  const calls = 10_000;
  const grown = [];
  for (let round = 0; round < 5; round++) {
    globalThis.gc({ type: 'minor' });
    const before = process.memoryUsage().heapUsed;
    run(calls);
    grown.push(process.memoryUsage().heapUsed - before);
  }
  // The middle: a collection of the old generation may end in one of the rounds, and reading the memory allocates some kilobytes itself.
  grown.sort((a, b) => a - b);
  return Math.max(0, Math.round(grown[2] / calls));
}
