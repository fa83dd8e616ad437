import { execFile } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ask } from './ask.mjs';
import { blocksIn } from './folder-bytes.mjs';

const run = promisify(execFile);
const stepMs = 15_000;
/** One of the lengths that blocks have when they have been compacted. */
const blockMs = 18 * 3_600_000;
/** As many as fit into it when every pause is longer than it should be. */
const samplesInBlock = Math.floor((blockMs / stepMs) * 0.98);
const mostSeries = 200;
const fewestSamples = 8;

/**
 * What a sample costs on disk when chunks are full, which a run of minutes does not show: real series of the run (selectors by name), with the jitter of
 * their times and the steps of their values, are laid out over 18 hours at 15 s and written by promtool as one block. A run with an export every
 * `everySeconds` and so many requests a second is, so laid out, one with 15 / `everySeconds` times fewer. Rows
 * `{ what, series, chunkBytes, indexBytes, bytesPerSample, quiet }`: bytes a sample of chunks and of their places in the index, both together, and both
 * where no value changes.
 */
export async function bytesPerSample({ url, kinds, seconds, promtool, folder }) {
  const rows = [];
  for (const [what, { selector, everySeconds }] of Object.entries(kinds)) {
    const { samples: all } = await ask(url, `${selector}[${seconds}s]`);
    const long = all.filter(({ values }) => values.length >= fewestSamples);
    const every = Math.max(1, Math.floor(long.length / mostSeries));
    const some = long
      .filter((_, index) => index % every === 0)
      .slice(0, mostSeries)
      .map((series) => laidOut(series, everySeconds * 1_000));
    const block = (samples, changing) =>
      blockOf({ some, samples, changing, promtool, folder: join(folder, 'bytes') });
    const [whole, short, quiet] = [
      await block(samplesInBlock, true),
      await block(60, true),
      await block(samplesInBlock, false),
    ];
    const chunkBytes = whole.chunkBytes / whole.samples;
    const places = (one) => (one.indexBytes - short.indexBytes) / (one.samples - short.samples);
    rows.push({
      what,
      series: some.length,
      chunkBytes,
      indexBytes: places(whole),
      bytesPerSample: chunkBytes + places(whole),
      quiet: quiet.chunkBytes / quiet.samples + places(quiet),
    });
  }
  return rows;
}

/** A series on a clock of 15 s: the times between its samples with the jitter that they had, its values, and by how much a round through all raises a counter. */
function laidOut({ metric, values }, everyMs) {
  const ms = values.map(([seconds]) => Math.round(seconds * 1_000));
  const pauses = ms.slice(1).map((time, index) => time - ms[index] - everyMs + stepMs);
  const numbers = values.map(([, value]) => Number(value));
  const isCounter = /_(total|count|sum|bucket)$/.test(metric.__name__);
  const rise = isCounter ? Math.max(0, numbers.at(-1) - numbers[0]) : 0;
  return { pauses: [stepMs, ...pauses], numbers, rise };
}

async function blockOf({ some, samples, changing, promtool, folder }) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  // A block begins at a multiple of its length.
  const start = Math.floor(Date.now() / blockMs - 2) * blockMs;
  const lines = [];
  for (const [number, { pauses, numbers, rise }] of some.entries()) {
    const { length } = numbers;
    let ms = start;
    for (let index = 0; index < samples; index += 1) {
      const round = Math.floor(index / length);
      const value = changing ? numbers[index % length] + round * rise : numbers[0];
      ms += pauses[index % length];
      lines.push(`sample{s="${number}"} ${value} ${(ms / 1_000).toFixed(3)}`);
    }
  }
  const text = join(folder, 'samples.txt');
  writeFileSync(text, `${lines.join('\n')}\n# EOF\n`);
  const blocks = join(folder, 'blocks');
  await run(promtool, [
    ...['tsdb', 'create-blocks-from', 'openmetrics', '--quiet', '--max-block-duration=18h'],
    ...[text, blocks],
  ]);
  const all = blocksIn(blocks);
  const sum = (of) => all.reduce((total, block) => total + of(block), 0);
  return {
    samples: sum((block) => block.samples),
    chunkBytes: sum((block) => block.chunkBytes),
    indexBytes: sum((block) => block.indexBytes),
  };
}
