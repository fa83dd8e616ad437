// `npm run large-libraries`: tries the libraries that are too large for every run of the tests. See npm run large-libraries -- --help
import { spawnSync } from 'node:child_process';
import { existsSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readCommandLine } from './command-line.mjs';

const help = `npm run large-libraries -- [options]

Installs the packages of large-libraries/, builds the application of Next.js in it, and runs the tests there: each library
under the preload, compared with what docs/reference/supported.md says is seen of it. Not part of npm test: a
download of some hundred megabytes and about a minute. Exit code 1 when something is not seen as the page says.

  --json   print vitest's report as one JSON document (progress goes to standard error)
  --help   this text
`;
const { json } = readCommandLine({
  command: 'npm run large-libraries',
  help,
  options: { json: { type: 'boolean', default: false } },
});
const root = fileURLToPath(new URL('..', import.meta.url));
const folder = join(root, 'large-libraries');

install();
run('next build', ['node_modules/.bin/next', 'build', 'next'], { NEXT_TELEMETRY_DISABLED: '1' });
const reporter = json ? ['--reporter=json'] : [];
const tests = spawnSync('vitest', ['run', '--root', folder, ...reporter], {
  cwd: root,
  stdio: ['ignore', 'inherit', 'inherit'],
});
process.exitCode = tests.status ?? 1;

/** What is there already is not asked for again. */
function install() {
  const list = join(folder, 'node_modules/.package-lock.json');
  const modified = (file) => (existsSync(file) ? statSync(file).mtimeMs : 0);
  if (modified(list) > modified(join(folder, 'package-lock.json'))) return;
  run('packages', ['npm', 'install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error']);
  utimesSync(list, new Date(), new Date());
}

function run(name, [command, ...args], env = {}) {
  process.stderr.write(`${name} ...\n`);
  const began = Date.now();
  const { status } = spawnSync(command, args, {
    cwd: folder,
    env: { ...process.env, ...env },
    stdio: ['ignore', 2, 2],
  });
  if (status !== 0) process.exit(1);
  process.stderr.write(`${name}: ${((Date.now() - began) / 1000).toFixed(1)} s\n`);
}
