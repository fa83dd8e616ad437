// One implementation with so many series of one kind: node --expose-gc child.mjs <implementation> <kind> <series> <endpoint> <rounds> <warm-up ms>
import { setTimeout } from 'node:timers/promises';
import { medianOf } from '../median.mjs';
import { longestBlock } from './longest-block.mjs';
import { SERIES_OF_A_TENANT, tenantNames } from './series.mjs';

const [implementation, kind, series, endpoint, rounds, warmUpMs] = process.argv.slice(2);
const names = tenantNames(Number(series) / SERIES_OF_A_TENANT);
const { setUp } = await import(`./${implementation}.mjs`);

const run = await setUp({ kind, names, endpoint });
// One tenant is there and was exported before the rest is counted: what an implementation needs for itself is not a matter of series.
run.record(names.slice(0, 1), 0);
await run.export();
await run.collect();
const before = await memory();
let round = 1;
run.record(names, round++);
const firstBlock = await longestBlock(() => run.export());
const bytesPerSeries = ((await memory()) - before) / (Number(series) - SERIES_OF_A_TENANT);

const collects = [];
const blocks = [];
let bytes = 0;
const warm = performance.now() + Number(warmUpMs);
while (performance.now() < warm || collects.length < Number(rounds)) {
  run.record(names, round++);
  const begin = performance.now();
  bytes = await run.collect();
  collects.push(performance.now() - begin);
}
for (let i = 0; i < Number(rounds); i++) {
  run.record(names, round++);
  blocks.push(await longestBlock(() => run.export()));
}
await run.end();
console.log(
  JSON.stringify({
    collectMs: medianOf(collects.slice(-Number(rounds))).median,
    blockMs: medianOf(blocks).median,
    firstBlockMs: firstBlock,
    bytesPerSeries: Math.round(bytesPerSeries),
    wireBytes: bytes,
  }),
);
process.exit(0);

/** What the process holds for JavaScript: heap, and memory outside of it such as typed arrays. */
async function memory() {
  for (let i = 0; i < 4; i++) {
    globalThis.gc();
    // What a collection finds outside of the heap is freed by a thread.
    await setTimeout(20);
  }
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
