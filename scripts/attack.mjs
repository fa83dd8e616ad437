// `npm run attack`: hostile requests to the monitoring page, and what came back. See npm run attack -- --help
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const help = `npm run attack -- [options]

Asks @bellwether/admin, with a real Prometheus and a real prom-label-proxy behind it, as another tenant, as nobody and as a browser
with forged everything, and searches every answer for words and figures that only another tenant has. Prints what came back.
Exit code 1 for a leak, a crash or an answer that blames the server.

  --json     print one JSON document at the end (progress goes to standard error)
  --help     this text
`;

const options = readOptions();
const folder = mkdtempSync(join(tmpdir(), 'bellwether-attack-'));
const report = join(folder, 'report.jsonl');
writeFileSync(report, '');
const { status } = spawnSync('vitest', ['run', '--project', 'admin', 'test/attack.test.ts'], {
  cwd: fileURLToPath(new URL('..', import.meta.url)),
  stdio: ['ignore', 2, 2],
  env: { ...process.env, ATTACK_REPORT: report },
});
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
    : `${rows.map(rowText).join('\n')}\n${rows.length} hostile requests: ${leaks} leaks, ${faults} faults of the server\n`,
);
process.exitCode = status === 0 && rows.length > 0 ? 0 : 1;

function rowText({ what, method, status, code, bytes, leak }) {
  // What is hostile to a terminal is not printed as it is.
  return `${leak === undefined ? '     ' : 'LEAK '} ${method.padEnd(6)} ${String(status || 'not sent').padEnd(8)} ${code.padEnd(22)} ${String(bytes).padStart(7)} B  ${JSON.stringify(what).slice(1, -1)}`;
}

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    if (!values.help) return values;
    process.stdout.write(help);
    return process.exit(0);
  } catch (error) {
    process.stderr.write(`${error.message}. See npm run attack -- --help\n`);
    return process.exit(2);
  }
}
