// `npm run fuzz`: every property on inputs of chance, for as long as one likes. See npm run fuzz -- --help
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readFuzzOptions } from './fuzz/options.mjs';
import { findProperties } from './fuzz/properties.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const options = readFuzzOptions(process.argv.slice(2));
const say = (text) => process.stderr.write(`${text}\n`);
const properties = findProperties(root, options.only);
if (properties.length === 0) {
  say(
    `Expected --only to be part of the name of a property, got ${options.only}. See npm run fuzz -- --help`,
  );
  process.exit(2);
}
const forMs = Math.max(1_000, (options.seconds * 1_000) / properties.length);
const folder = mkdtempSync(join(tmpdir(), 'bellwether-fuzz-'));
const report = join(folder, 'report.jsonl');
writeFileSync(report, '');
say(`seed ${options.seed}: ${properties.length} properties, ${(forMs / 1_000).toFixed(1)} s each`);

// Vitest's own words (failed inputs, stacks) go to standard error; the rows below are ours.
const names = properties.map(({ name }) => name.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
const vitest = spawn(
  'vitest',
  [
    'run',
    '--maxWorkers=1',
    '--reporter=default',
    '-t',
    `(${names.join('|')})$`,
    ...new Set(properties.map(({ file }) => file)),
  ],
  {
    cwd: root,
    stdio: ['ignore', 2, 2],
    env: {
      ...process.env,
      FUZZ_MS: String(Math.round(forMs)),
      FUZZ_SEED: String(options.seed),
      FUZZ_REPORT: report,
    },
  },
);
const slack = 180_000 + 20_000 * properties.length;
const deadline = setTimeout(() => vitest.kill('SIGKILL'), forMs * properties.length * 1.5 + slack);
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => vitest.kill(signal));
const code = await new Promise((resolve) => vitest.once('close', resolve));
clearTimeout(deadline);

const lines = readFileSync(report, 'utf8')
  .split('\n')
  .filter(Boolean)
  .map((line) => JSON.parse(line));
rmSync(folder, { recursive: true });
const rows = properties.map(({ file, name }) => {
  const ended = lines.find((line) => line.name === name && line.state === 'ended');
  const begun = lines.some((line) => line.name === name);
  const { count = 0, seconds = 0, slowestMs = 0, grownMiB = 0, problem } = ended ?? {};
  const state =
    ended === undefined ? (begun ? 'hung' : 'not run') : problem === undefined ? 'held' : 'broken';
  return {
    name,
    file,
    state,
    count,
    seconds,
    slowestMs,
    grownMiB,
    ...(problem !== undefined && { problem }),
  };
});
const total = rows.reduce((sum, { count }) => sum + count, 0);
process.stdout.write(
  options.json
    ? `${JSON.stringify({ seed: options.seed, seconds: options.seconds, total, rows }, null, 2)}\n`
    : `${rows.map(rowText).join('\n')}\n${total} inputs, seed ${options.seed}\n`,
);
process.exitCode = code === 0 && rows.every(({ state }) => state === 'held') ? 0 : 1;

function rowText({ name, state, count, seconds, slowestMs, grownMiB }) {
  return `${state.padEnd(7)} ${String(count).padStart(8)} inputs ${seconds.toFixed(0).padStart(5)} s, slowest ${slowestMs.toFixed(0).padStart(5)} ms, heap ${grownMiB >= 0 ? '+' : ''}${grownMiB.toFixed(1)} MiB  ${name}`;
}
