// `npm run compose:check`: what would go wrong with `docker compose up`, before it does. Needs nothing but Node. See npm run compose:check -- --help
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { readCommandLine } from './command-line.mjs';
import { runChecks } from './compose/check/run-checks.mjs';
import { readEnvironment } from './compose/env-file.mjs';

const run = promisify(execFile);
const root = fileURLToPath(new URL('..', import.meta.url));
const help = `npm run compose:check -- [options]

Looks at what \`docker compose up\` needs: Compose and the engine, both clocks, secrets, settings, published ports, images, volumes that their
services can write, room on the disk. Changes nothing. Exit code 1 where something is wrong; a warning is none.

  --docker <program>    the docker client (default: docker)
  --compose <program>   Compose as a program of its own (default: docker compose)
  --json                print one JSON document
  --help                this text
`;

const options = read(process.argv.slice(2));
const rows = await runChecks({
  root,
  env: readEnvironment(root, process.env),
  docker: (...args) => ask(options.docker, args),
  compose: (...args) =>
    options.compose === undefined
      ? ask(options.docker, ['compose', ...args])
      : ask(options.compose, args),
});
process.stdout.write(options.json ? `${JSON.stringify(rows, null, 2)}\n` : render(rows));
process.exitCode = rows.some(({ status }) => status === 'failed') ? 1 : 0;

/** What a program printed, or in `problem` the line by which it says why it failed. */
async function ask(program, args) {
  try {
    const { stdout } = await run(program, args, {
      cwd: root,
      timeout: 60_000,
      maxBuffer: 64 * 2 ** 20,
    });
    return { text: stdout.trim() };
  } catch (error) {
    const said = `${error.stderr ?? ''}`.trim().split('\n').at(-1);
    return { problem: error.code === 'ENOENT' ? `no program ${program}` : said || error.message };
  }
}

function render(found) {
  const width = Math.max(...found.map(({ check }) => check.length));
  return found
    .map(({ check, status, message, hint }) => {
      const line = `${status.padEnd(7)}  ${check.padEnd(width)}  ${message}`;
      return hint === undefined ? `${line}\n` : `${line}\n${' '.repeat(width + 11)}${hint}\n`;
    })
    .join('');
}

function read(args) {
  return readCommandLine({
    command: 'npm run compose:check',
    help,
    args,
    options: {
      docker: { type: 'string', default: 'docker' },
      compose: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
}
