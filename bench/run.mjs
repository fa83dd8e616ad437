// `npm run bench`: what instrumentation costs, beside its peers. See npm run bench -- --help
import { describeMachine } from './machine.mjs';
import { readBenchOptions } from './options.mjs';
import { judgeTargets } from './page/judge-targets.mjs';
import { renderTargets } from './page/render-targets.mjs';
import { keepResults, readResults, writePage } from './page/results-file.mjs';
import { stopOnSignals } from './stop.mjs';
import { loadSuite } from './suites.mjs';

const options = readBenchOptions(process.argv.slice(2));
const say = (text) => process.stderr.write(`${text}\n`);
stopOnSignals();

if (options.render) await writePage(readResults(), say);
else process.exitCode = await runSuites();

/** Runs the suites one after another; one that fails says why and does not stop the rest. Gives the exit code. */
async function runSuites() {
  const results = {};
  const loaded = {};
  const began = Date.now();
  for (const name of options.suites) {
    const machine = describeMachine();
    const at = new Date().toISOString();
    const start = Date.now();
    say(`${name} ...`);
    try {
      loaded[name] = await loadSuite(name);
      const result = await loaded[name].bench({
        quick: options.quick,
        repeats: options.repeats,
        say,
      });
      const took = (Date.now() - start) / 1000;
      results[name] = {
        machine,
        at,
        quick: options.quick,
        tookSeconds: Math.round(took),
        ...result,
      };
      say(`${name} done in ${took.toFixed(0)} s`);
    } catch (error) {
      results[name] = { machine, at, quick: options.quick, error: error.message };
      say(`${name} failed: ${error.stack}`);
    }
  }
  const targets = judgeTargets(targetsOf(results, loaded));
  say(`all done in ${((Date.now() - began) / 1000).toFixed(0)} s`);
  process.stdout.write(
    options.json
      ? `${JSON.stringify({ machine: describeMachine(), quick: options.quick, suites: results, targets }, null, 2)}\n`
      : inWords({ results, loaded, targets }),
  );
  if (options.write) await writePage(await keepResults(results, say), say);
  return Object.values(results).some(({ error }) => error !== undefined) ? 1 : 0;
}

function targetsOf(results, loaded) {
  return Object.entries(results)
    .filter(([, { error }]) => error === undefined)
    .flatMap(([name, result]) => loaded[name].targets(result));
}

function inWords({ results, loaded, targets }) {
  const { cpu, cores, memoryGiB, node, commit } = describeMachine();
  const tables = Object.entries(results).map(([name, result]) =>
    result.error === undefined ? loaded[name].render(result) : `${name} failed: ${result.error}`,
  );
  const machine = `${cpu}, ${cores} cores, ${memoryGiB} GiB, Node ${node}, commit ${commit}`;
  return `${[machine, ...tables, renderTargets(targets)].map((text) => text.trimEnd()).join('\n\n')}\n`;
}
