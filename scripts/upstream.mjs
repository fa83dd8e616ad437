// `npm run upstream`: whether the libraries below us still behave as docs/upstream says. See npm run upstream -- --help
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readCommandLine } from './command-line.mjs';

const help = `npm run upstream -- [options]

Runs the programs of docs/upstream. Exit code 1 when a library no longer behaves as one of them says: then what works
around it may go; or when one could not be run.

  --json   print one JSON document (progress goes to standard error)
  --help   this text
`;
const folder = fileURLToPath(new URL('../docs/upstream', import.meta.url));
const options = readOptions();
const names = readdirSync(folder).filter((name) => existsSync(join(folder, name, 'repro.mjs')));
const rows = names.sort().map((name) => {
  process.stderr.write(`${name}\n`);
  const program = join(folder, name, 'repro.mjs');
  const { status, stdout, stderr } = spawnSync(process.execPath, [program], {
    encoding: 'utf8',
    timeout: 120_000,
  });
  // One that has nothing to say has failed by itself.
  const tried = stdout !== '';
  return { name, tried, stillSo: tried && status === 0, said: (stdout || stderr).trim() };
});
if (options.json) console.log(JSON.stringify({ programs: rows }));
else
  for (const { name, tried, stillSo, said } of rows)
    console.log(`${stillSo ? 'still so ' : tried ? 'NO LONGER' : 'FAILED   '}  ${name}: ${said}`);
process.exitCode = rows.every(({ stillSo }) => stillSo) ? 0 : 1;

function readOptions() {
  return readCommandLine({
    command: 'npm run upstream',
    help,
    options: { json: { type: 'boolean' } },
  });
}
