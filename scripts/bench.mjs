// `npm run bench`: installs the peers, which nothing else needs, builds what is measured, and runs bench/run.mjs. What is there already is not
// done again. Runs on the machine's own Node: the repository's Node 24 only exists after the first step.
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, statSync, utimesSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readBenchOptions } from '../bench/options.mjs';
import { needsOf } from '../bench/suites.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const env = { ...process.env, PATH: `${join(root, 'node_modules/.bin')}:${process.env.PATH}` };
delete env.npm_config_json;

const args = process.argv.slice(2);
const { suites, render } = readBenchOptions(args);
if (!render) await prepare(needsOf(suites));
// The bench itself, with load and sinks, has core 0; what is measured is put on core 1.
const taskset = existsSync('/usr/bin/taskset') && cpus().length > 1 ? ['taskset', '-c', '0'] : [];
process.exitCode = await run([...taskset, 'node', 'bench/run.mjs', ...args], root, 1);

async function prepare({ packages, peers }) {
  await install('.');
  await install('bench');
  // A peer that cannot be installed does not stop the others: its rows say so.
  if (peers) for (const name of peerFolders()) await install(`bench/peers/${name}`, true);
  if (packages.includes('shop') && !existsSync(join(root, 'examples/shop/src/generated')))
    await step('generated code', ['npm', 'run', 'generate', '-w', '@bellwether/example-shop']);
  const old = packages.some((name) => newest(sourcesOf(name)) > built(name));
  if (old) await step('build', ['node', 'scripts/build.mjs', ...packages]);
}

/** Not `npm ci`: see scripts/setup.mjs. npm writes its own list of what is installed when it is done. */
async function install(folder, optional = false) {
  const at = join(root, folder);
  const list = join(at, 'node_modules/.package-lock.json');
  if (modified(list) > modified(join(at, 'package-lock.json'))) return;
  const quietly = ['--no-save', '--no-audit', '--no-fund', '--loglevel=error'];
  await step(`packages of ${folder}`, ['npm', 'install', ...quietly], at, optional);
  // Where all was there already, npm leaves its list as it is.
  if (existsSync(list)) utimesSync(list, new Date(), new Date());
}

function peerFolders() {
  const entries = readdirSync(join(root, 'bench/peers'), { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
}

function sourcesOf(name) {
  const folder = folderOf(name);
  // What a package bundles of another is old when the other is.
  const own = ['src', 'prisma', 'package.json', 'tsdown.config.ts'].map((part) =>
    join(folder, part),
  );
  return name === 'meters' ? own : [...own, join(folderOf('meters'), 'src')];
}

function folderOf(name) {
  return join(root, name === 'shop' ? 'examples/shop' : `packages/${name}`);
}

/** When the oldest file of the build was written; 0 where there is none. */
function built(name) {
  const dist = join(folderOf(name), 'dist');
  if (!existsSync(dist)) return 0;
  const files = readdirSync(dist).filter((file) => file.endsWith('.js'));
  return files.length === 0 ? 0 : Math.min(...files.map((file) => modified(join(dist, file))));
}

function newest(paths) {
  return Math.max(
    0,
    ...paths.map((path) => {
      if (!existsSync(path)) return 0;
      if (!statSync(path).isDirectory()) return modified(path);
      return newest(readdirSync(path).map((entry) => join(path, entry)));
    }),
  );
}

function modified(file) {
  return existsSync(file) ? statSync(file).mtimeMs : 0;
}

async function step(name, command, cwd = root, optional = false) {
  const began = Date.now();
  process.stderr.write(`${name} ...\n`);
  const status = await run(command, cwd, 2);
  if (status !== 0 && (!optional || status > 128)) process.exit(status);
  const outcome = status === 0 ? 'done' : 'failed';
  process.stderr.write(`${name} ${outcome} in ${((Date.now() - began) / 1000).toFixed(1)} s\n`);
}

/** Everything but the last step writes to standard error, so that --json is alone on standard output. Gives the exit code. */
function run([command, ...rest], cwd, output) {
  return new Promise((resolve) => {
    const child = spawn(command, rest, { cwd, env, stdio: ['ignore', output, 2] });
    const forward = (signal) => child.kill(signal);
    process.on('SIGINT', forward).on('SIGTERM', forward);
    const end = (status) => {
      process.off('SIGINT', forward).off('SIGTERM', forward);
      resolve(status);
    };
    child.once('error', (error) => {
      process.stderr.write(`${command}: ${error.message}\n`);
      end(1);
    });
    child.once('exit', (code, signal) => end(code ?? (signal === 'SIGINT' ? 130 : 143)));
  });
}
