// `npm run bench`: installs the peers, which nothing else needs, builds what is measured, and runs bench/run.mjs.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const bench = fileURLToPath(new URL('../bench', import.meta.url));

run('npm', ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'], bench, 2);
run(process.execPath, ['scripts/build.mjs', 'meters', 'sdk'], root, 2);
run(process.execPath, ['bench/run.mjs', ...process.argv.slice(2)], root, 1);

/** Everything but the last step writes to standard error, so that --json is alone on standard output. */
function run(command, args, cwd, output) {
  const env = { ...process.env };
  delete env.npm_config_json;
  const { status, error } = spawnSync(command, args, { cwd, env, stdio: ['inherit', output, 2] });
  if (error !== undefined) process.stderr.write(`${error.message}\n`);
  if (status !== 0) process.exit(status ?? 1);
}
