// Packs what the OpenTelemetry operator copies into a pod: the SDK as npm would install it, and the two files that start it.
// node scripts/chart/pack-injection.mjs <folder> [--built]      --built: this repository is installed and built already
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = fileURLToPath(new URL('../..', import.meta.url));
const { values, positionals } = parseArgs({
  options: { built: { type: 'boolean', default: false } },
  allowPositionals: true,
});
if (positionals.length !== 1) {
  process.stderr.write('Expected one argument: the folder to pack into\n');
  process.exit(2);
}
const target = resolve(positionals[0]);
const quiet = ['--no-audit', '--no-fund', '--prefer-offline'];
const npm = (...args) => execFileSync('npm', args, { cwd: root, stdio: ['ignore', 'pipe', 2] });

if (!values.built) {
  npm('install', '--no-save', ...quiet);
  npm('run', 'build', '--', 'meters', 'sdk');
}
const { version, devDependencies } = JSON.parse(
  readFileSync(join(root, 'packages/sdk/package.json'), 'utf8'),
);
const tarballs = mkdtempSync(join(tmpdir(), 'bellwether-injection-'));
try {
  const packed = JSON.parse(
    npm(
      ...['pack', '--json', '--ignore-scripts', '--pack-destination', tarballs],
      ...['./packages/meters', './packages/sdk'],
    ),
  ).map(({ filename }) => join(tarballs, filename));
  mkdirSync(target, { recursive: true });
  writeFileSync(
    join(target, 'package.json'),
    `${JSON.stringify({ name: 'bellwether-injection', version, private: true }, null, 2)}\n`,
  );
  const api = `@opentelemetry/api@${devDependencies['@opentelemetry/api']}`;
  npm('install', `--prefix=${target}`, '--omit=dev', '--ignore-scripts', ...quiet, ...packed, api);
} finally {
  rmSync(tarballs, { recursive: true, force: true });
}
for (const name of ['autoinstrumentation.js', 'register.mjs'])
  cpSync(join(root, 'charts/injection', name), join(target, name));
