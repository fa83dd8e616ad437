// `npm run attack`: hostile requests to the monitoring page and to the login area, and what came back. See npm run attack -- --help
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { attackPage } from './attack/attack-page.mjs';
import { readCommandLine } from './command-line.mjs';

const help = `npm run attack -- [options]

Asks @bellwether/admin, with a real Prometheus and a real prom-label-proxy behind it, as another tenant, as nobody and as a browser
with forged everything; then the login area of the shop, with a real PostgreSQL and a real Redis, as a thief of sessions, a page of
another site, a guesser of passwords and a sender of broken HTTP. Searches every answer for words and figures that the asker must not
have. Prints what came back. Exit code 1 for a leak, a crash or an answer that blames the server.

  --json     print one JSON document at the end (progress goes to standard error)
  --write    write the table to docs/guides/attacks.md
  --help     this text
`;

const root = fileURLToPath(new URL('..', import.meta.url));
const options = readOptions();
const folder = mkdtempSync(join(tmpdir(), 'bellwether-attack-'));
const report = join(folder, 'report.jsonl');
writeFileSync(report, '');
const { status } = spawnSync(
  'vitest',
  [
    ...['run', '--project', 'admin', '--project', 'shop', '--no-file-parallelism'],
    ...['test/attack.test.ts', 'test/admin-attack.test.ts'],
  ],
  { cwd: root, stdio: ['ignore', 2, 2], env: { ...process.env, ATTACK_REPORT: report } },
);
const rows = readFileSync(report, 'utf8')
  .split('\n')
  .filter(Boolean)
  .map((line) => JSON.parse(line));
rmSync(folder, { recursive: true });
const leaks = rows.filter(({ leak }) => leak !== undefined).length;
const faults = rows.filter(({ status }) => status >= 500).length;
process.stdout.write(
  options.json
    ? `${JSON.stringify({ requests: rows.length, leaks, faults, rows }, null, 2)}\n`
    : `${rows.map(rowText).join('\n')}\n${rows.length} attacks: ${leaks} leaks, ${faults} faults of the server\n`,
);
const isWell = status === 0 && rows.length > 0;
if (options.write && isWell)
  writeFileSync(join(root, 'docs/guides/attacks.md'), attackPage(rows, { leaks, faults }));
process.exitCode = isWell ? 0 : 1;

function rowText({ target, kind, what, status, code, leak }) {
  const cells = [target.padEnd(15), kind.padEnd(31), String(status || 'closed').padEnd(6)];
  // What is hostile to a terminal is not printed as it is.
  const texts = [code.padEnd(22), what].map((text) => JSON.stringify(text).slice(1, -1));
  return `${leak === undefined ? '    ' : 'LEAK'} ${[...cells, ...texts].join(' ')}`;
}

function readOptions() {
  return readCommandLine({
    command: 'npm run attack',
    help,
    options: {
      json: { type: 'boolean', default: false },
      write: { type: 'boolean', default: false },
    },
  });
}
