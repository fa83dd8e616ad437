import { readFileSync } from 'node:fs';
import { findPackageJSON } from 'node:module';
import { fileURLToPath } from 'node:url';
import { inTurn } from '../in-turn.mjs';
import { medianOf } from '../median.mjs';
import { runChild } from '../run-child.mjs';
import { startSink } from '../sinks/start-sink.mjs';

export const implementations = ['bellwether', 'opentelemetry', 'prom-client'];
const cases = [
  { kind: 'counter', series: 10_000 },
  { kind: 'explicit', series: 10_000 },
  { kind: 'exponential', series: 10_000 },
  { kind: 'counter', series: 100_000 },
];
const measures = ['collectMs', 'blockMs', 'firstBlockMs', 'bytesPerSeries', 'wireBytes'];
const child = fileURLToPath(new URL('child.mjs', import.meta.url));

/**
 * Every implementation with every kind of series, one process after another and in turns: a collection made ready to be sent, the longest
 * turn of the event loop while it is really sent, and memory. Medians over the repeats.
 */
export async function benchCollect({ quick, repeats: asked, say }) {
  const repeats = asked ?? (quick ? 2 : 3);
  const samples = [];
  const sink = await startSink('otlp');
  try {
    for (let repeat = 1; repeat <= repeats; repeat++) {
      say(`collect: round ${repeat} of ${repeats} ...`);
      for (const of of quick ? cases.filter(({ kind }) => kind === 'counter') : cases) {
        for (const implementation of inTurn(implementations, repeat)) {
          if (of.kind === 'exponential' && implementation === 'prom-client') continue;
          const rounds = quick ? 3 : of.series > 10_000 ? 5 : 15;
          const warmUpMs = quick ? (of.series > 10_000 ? 300 : 1_000) : 1_500;
          const endpoint = `http://127.0.0.1:${sink.port}`;
          const args = [implementation, of.kind, of.series, endpoint, rounds, warmUpMs];
          const result = await runChild(['--expose-gc', child, ...args]);
          samples.push({ ...of, implementation, result });
          // Counts what came, and forgets it.
          await sink.received();
        }
      }
    }
  } finally {
    await sink.end();
  }
  return { repeats, versions: versions(), rows: rowsOf(samples) };
}

function rowsOf(samples) {
  const rows = [];
  for (const { kind, series } of cases) {
    const row = { kind, series };
    for (const implementation of implementations) {
      const results = samples
        .filter((of) => of.kind === kind && of.series === series)
        .filter((of) => of.implementation === implementation)
        .map(({ result }) => result);
      if (results.length === 0) continue;
      row[implementation] = Object.fromEntries(
        measures.map((name) => {
          const { median, spread } = medianOf(results.map((result) => result[name]));
          return [name, { median: round(median), spread: round(spread) }];
        }),
      );
    }
    if (implementations.some((name) => name in row)) rows.push(row);
  }
  return rows;
}

const round = (value) => Math.round(value * 1_000) / 1_000;

function versions() {
  const names = ['@bellwether/sdk', '@opentelemetry/sdk-metrics', 'prom-client'];
  const version = (name) =>
    JSON.parse(readFileSync(findPackageJSON(name, import.meta.url))).version;
  return Object.fromEntries(names.map((name) => [name, version(name)]));
}
