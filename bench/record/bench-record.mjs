import { readFileSync } from 'node:fs';
import { findPackageJSON } from 'node:module';
import { fileURLToPath } from 'node:url';
import { inTurn } from '../in-turn.mjs';
import { medianOf } from '../median.mjs';
import { runChild } from '../run-child.mjs';

export const implementations = ['bellwether', 'opentelemetry', 'prom-client'];
const tenantCounts = [1, 1_000, 10_000];
const child = fileURLToPath(new URL('child.mjs', import.meta.url));
/** A young generation that no round fills, so that bytes are counted and not collected. */
const memory = ['--expose-gc', '--min-semi-space-size=64', '--max-semi-space-size=64'];

/**
 * Every implementation at every number of tenants, one process after another and in turns, so that a change of the machine's pace
 * hits all alike. Returns medians over the repeats by tenants, case and implementation.
 */
export async function benchRecord({ quick, repeats: asked, say }) {
  const repeats = asked ?? (quick ? 3 : 5);
  const roundMs = quick ? 10 : 40;
  const samples = [];
  for (let repeat = 1; repeat <= repeats; repeat++) {
    say(`record: round ${repeat} of ${repeats} ...`);
    for (const tenants of tenantCounts) {
      for (const implementation of inTurn(implementations, repeat)) {
        const results = await runChild([...memory, child, implementation, tenants, roundMs]);
        samples.push({ implementation, tenants, results });
      }
    }
  }
  return { repeats, roundMs, versions: versions(), rows: rowsOf(samples) };
}

function rowsOf(samples) {
  const rows = [];
  for (const tenants of tenantCounts) {
    const here = samples.filter((sample) => sample.tenants === tenants);
    const cases = new Set(here.flatMap(({ results }) => Object.keys(results)));
    for (const name of cases) {
      const row = { case: name, tenants };
      for (const implementation of implementations) {
        const results = here
          .filter((sample) => sample.implementation === implementation)
          .flatMap((sample) => sample.results[name] ?? []);
        if (results.length === 0) continue;
        const { median, spread } = medianOf(results.map(({ ns }) => ns));
        const { median: bytes } = medianOf(results.map((result) => result.bytes));
        row[implementation] = { ns: round(median), spread: round(spread), bytes };
      }
      rows.push(row);
    }
  }
  return rows;
}

const round = (value) => Math.round(value * 100) / 100;

function versions() {
  const names = ['@bellwether/meters', '@opentelemetry/sdk-metrics', 'prom-client'];
  const version = (name) =>
    JSON.parse(readFileSync(findPackageJSON(name, import.meta.url))).version;
  return Object.fromEntries(names.map((name) => [name, version(name)]));
}
