// `npm run exits`: every way out of a process, beside the same program without us. See npm run exits -- --help
import { startCollector, states } from './exits/collectors.mjs';
import { judgeExit, receivedOf } from './exits/judge-exit.mjs';
import { readExitsOptions } from './exits/options.mjs';
import { renderExits } from './exits/render.mjs';
import { runWay } from './exits/run-way.mjs';
import { ways } from './exits/ways.mjs';

const options = readExitsOptions(process.argv.slice(2));
const modules = ['mjs', 'cjs'];
/** Seconds for the machine itself; the quick form runs beside other tests. */
const slack = options.quick ? 4 : 2;
/** A machine that has much else to do breaks a promise of time now and then; what we break is broken again. */
const attempts = 3;
/** Beside other tests even a Collector that is up may not be reached within the deadline; where it is down or hangs that is kept. */
const patient = options.quick ? { BELLWETHER_FLUSH_TIMEOUT: '15000' } : {};
const say = (text) => process.stderr.write(`${text}\n`);

const chosen = ways.filter(({ way }) => way.includes(options.only));
if (chosen.length === 0) {
  say(`Expected --only to be part of a way's name (${ways.map(({ way }) => way).join('; ')})`);
  process.exit(2);
}
const rows = await inTurns(chosen.flatMap(cellsOf));
process.stdout.write(options.json ? `${JSON.stringify({ rows }, null, 2)}\n` : renderExits(rows));
process.exitCode = rows.some(({ problems }) => problems.length > 0) ? 1 : 0;

/** All states and modules; quick: up as ESM, and one ill Collector in turn as CommonJS. */
function cellsOf(way, index) {
  const bares = modules.map(once((module) => runWay(way, module)));
  const cells = modules.flatMap((module, at) =>
    states.map((state) => ({ way, state, module, bare: bares[at] })),
  );
  if (!options.quick) return cells;
  const ill = states[1 + (index % (states.length - 1))];
  return cells.filter(({ state, module }) => state === (module === 'mjs' ? states[0] : ill));
}

/** What a module does without us is run when a cell first asks. */
function once(run) {
  return (module) => {
    let running;
    return () => {
      running ??= run(module);
      return running;
    };
  };
}

async function inTurns(cells) {
  const rows = [];
  const left = [...cells.entries()];
  const work = async () => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) {
      rows[next[0]] = await runAgain(next[1]);
      if (rows.filter(Boolean).length % 20 === 0)
        say(`${rows.filter(Boolean).length} of ${cells.length} ends`);
    }
  };
  await Promise.all(Array.from({ length: options.jobs }, work));
  return rows;
}

async function runAgain(cell) {
  const broken = [];
  for (;;) {
    const row = await runCell(cell);
    if (row.problems.length === 0 || broken.length + 1 === attempts) return { ...row, broken };
    broken.push(row.problems);
  }
}

async function runCell({ way, state, module, bare: runBare }) {
  const receiver = await startCollector(state);
  try {
    const bare = await runBare();
    const run = await runWay(way, module, receiver.url, state.delivers ? patient : {});
    const received = receivedOf(receiver, way.records);
    return {
      way: way.way,
      state: state.state,
      module,
      bare: bare.signal ?? `code ${bare.code}`,
      code: run.code,
      signal: run.signal,
      seconds: run.seconds,
      arrived: way.records !== undefined && received.metrics === way.records,
      problems: judgeExit({ way, state, run, bare, received, slack }),
    };
  } finally {
    await receiver.close();
  }
}
