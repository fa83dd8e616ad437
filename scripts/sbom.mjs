// `npm run sbom`: what the image of the shop is made of, in CycloneDX. See npm run sbom -- --help
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readCommandLine } from './command-line.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const help = `npm run sbom -- [options]

Packs what the image of the shop holds into a folder, as its Dockerfile does, and prints what that is made of as one document: npm's own \`npm sbom\`, of
the very files. What is below it, Node.js and Debian, is in the base image: \`docker buildx build --sbom=true\` has that besides.

  --packed <folder>   of what scripts/compose/pack-shop.mjs has packed there already
  --spdx              in SPDX instead of CycloneDX
  --help              this text
`;

const options = read(process.argv.slice(2));
const folder = mkdtempSync(join(tmpdir(), 'bellwether-sbom-'));
try {
  process.exitCode = options.packed === undefined ? packAndList() : list(resolve(options.packed));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function packAndList() {
  const pack = [join(root, 'scripts/compose/pack-shop.mjs'), folder];
  return run(process.execPath, pack, root) || list(folder);
}

function list(packed) {
  // Not `--omit dev` of the whole repository: npm leaves out what is a dependency here and a development dependency elsewhere.
  const format = options.spdx ? 'spdx' : 'cyclonedx';
  return run('npm', ['sbom', '--sbom-format', format, '--sbom-type', 'application'], packed);
}

function run(program, args, cwd) {
  const { status, error } = spawnSync(program, args, { cwd, stdio: ['ignore', 'inherit', 2] });
  if (error !== undefined) process.stderr.write(`npm run sbom: ${error.message}\n`);
  return status ?? 1;
}

function read(given) {
  return readCommandLine({
    command: 'npm run sbom',
    help,
    args: given,
    options: {
      packed: { type: 'string' },
      spdx: { type: 'boolean', default: false },
    },
  });
}
