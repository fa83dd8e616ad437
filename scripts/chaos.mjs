// `npm run chaos`: one fault after another, and whether a single increment was lost or counted twice. See npm run chaos -- --help
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { replicas, startChaosStack } from './chaos/chaos-stack.mjs';
import { faults } from './chaos/faults.mjs';
import { readChaosOptions } from './chaos/options.mjs';
import { plans } from './chaos/plan.mjs';
import { portBlocks } from './chaos/port-blocks.mjs';
import { renderRows } from './chaos/render-rows.mjs';
import { shareOut } from './chaos/share-out.mjs';
import { dataFolder } from './start/data-folder.mjs';
import { untilInterrupted } from './start/interrupt.mjs';
import { renderTable } from './start/live-table.mjs';

const names = faults.map(({ name }) => name);
const options = readChaosOptions(process.argv.slice(2), names);
const mode = options.quick ? 'quick' : 'full';
const { exportMs, timeScale } = plans[mode];
const say = (text) => process.stderr.write(`${text}\n`);

if (options.list) list();
else await main();

function list() {
  const rows = faults.map(({ name, quick, fault, means }) => ({
    name,
    quick: quick ? 'yes' : '',
    fault,
    promise: means,
  }));
  process.stdout.write(
    options.json ? `${JSON.stringify(rows, null, 2)}\n` : `${renderTable(rows).join('\n')}\n`,
  );
}

async function main() {
  const signal = untilInterrupted(say);
  const data = dataFolder(options.dataDir, say);
  const folder = mkdtempSync(join(tmpdir(), 'bellwether-chaos-'));
  try {
    process.exitCode = await run({ signal, data, folder });
  } catch (error) {
    say(`npm run chaos: ${error.message}`);
    process.exitCode = 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
    data.leave(process.exitCode === 0);
  }
}

async function run({ signal, data, folder }) {
  const began = performance.now();
  const some = chosen();
  const jobs = Math.min(options.jobs, some.length);
  const ports = await portBlocks(jobs);
  const rows = await shareOut({
    faults: some,
    inOrder: jobs === 1 ? some : longestFirst(some),
    ...{ jobs, signal },
    async start(job) {
      const own = jobs === 1 ? '' : `job-${job}`;
      const stack = await startChaosStack({
        ...{ mode, signal, rate: options.rate, ports: ports[job - 1] },
        folder: join(folder, own),
        dataDir: join(data.path, own),
        say: jobs === 1 ? say : (text) => say(text.replace(/^(\n?)/, `$1[${job}] `)),
      });
      /** With each row goes what the machine had to do meanwhile. */
      const run = async (fault) => ({ ...(await stack.run(fault)), load: loadavg()[0] });
      return { ...stack, run };
    },
  });
  if (signal.aborted) return 1;
  const ok = rows.every((row) => row.ok);
  const result = { ok, mode, exportMs, timeScale, rate: options.rate, replicas, jobs };
  const seconds = (performance.now() - began) / 1000;
  process.stdout.write(
    options.json
      ? `${JSON.stringify({ ...result, seconds, rows }, null, 2)}\n`
      : renderRows(rows, { jobs, seconds }),
  );
  return ok ? 0 : 1;
}

function chosen() {
  const isRoot = process.getuid?.() === 0;
  return faults.filter(({ name, quick, root }) => {
    if (options.only !== undefined) return options.only.includes(name);
    if (root && !isRoot) say(`${name} is left out: it needs root`);
    return (quick || !options.quick) && (isRoot || !root);
  });
}

/** So that no stack has ten minutes to go when the others have done all. */
function longestFirst(some) {
  const rank = ({ seconds, last }) => (last ? -1 : seconds[mode]);
  return [...some].sort((a, b) => rank(b) - rank(a));
}
