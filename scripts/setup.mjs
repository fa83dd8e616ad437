// Everything a fresh clone needs before `npm start` and `npm test`: dependencies, generated code, builds, servers.
// Runs on the machine's own Node (18 or later): the repository's Node 24 only exists after the first step.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const bin = join(root, 'node_modules', '.bin');
const stamps = join(root, 'node_modules', '.bellwether');
const env = { ...process.env, PATH: `${bin}:${process.env.PATH}` };
delete env.npm_config_json;

// Not `npm ci`: it demands a lock entry for every optional package of every platform, also of those that a registry's mirror does
// not carry. This installs what the lock file says as well, and leaves it as it is.
run('dependencies', { input: hashOf([join(root, 'package-lock.json')]) }, 'npm', [
  'install',
  '--no-save',
  '--no-audit',
  '--no-fund',
]);
run(
  'generated code',
  { input: hashOf([join(root, 'examples/shop/prisma')]), redo: !generated() },
  'npm',
  ['run', 'generate', '--workspace=@bellwether/example-shop'],
);
run(
  'generated code of the users service',
  { input: hashOf([join(root, 'examples/users/prisma')]), redo: !generatedUsers() },
  'npm',
  ['run', 'generate', '--workspace=@bellwether/example-users'],
);
run('build', { input: hashOf(sources()), redo: !built() }, 'node', ['scripts/build.mjs']);
run('servers', { redo: true }, 'node', ['packages/cli/dist/bin.js', 'servers']);

if (process.env.npm_lifecycle_event === 'pretest') {
  // Not when a test asks for them: a build on all cores makes the tests beside it late.
  run('tools of the tests', { redo: true }, 'node', [
    'packages/cli/dist/bin.js',
    'servers',
    'docker-compose',
    'helm',
  ]);
  chromiumForTests();
  await mariadbForTests();
}

/** The browser tests of the admin page need one; only where nobody installed it and we may, by Debian's packages. */
function chromiumForTests() {
  const named = process.env.BELLWETHER_CHROMIUM ? [process.env.BELLWETHER_CHROMIUM] : [];
  const known = [...named, 'chromium', 'chromium-browser', 'google-chrome'];
  const has = (name) => spawnSync(name, ['--version'], { stdio: 'ignore' }).status === 0;
  if (known.some(has)) return;
  if (process.getuid?.() !== 0 || !has('apt-get')) {
    process.stderr.write(
      'set-up: no Chromium for the browser tests: install one (Debian: apt-get install chromium), or name one by BELLWETHER_CHROMIUM\n',
    );
    return;
  }
  env.DEBIAN_FRONTEND = 'noninteractive';
  run('list of packages', { redo: true }, 'apt-get', ['update', '-q']);
  run('chromium', { redo: true }, 'apt-get', [
    'install',
    '-qy',
    '--no-install-recommends',
    'chromium',
  ]);
}

/** For the test of its driver, which is left out where there is none: the server alone, without a daemon. */
async function mariadbForTests() {
  const { findMariadb } = await import('./start/services/mariadb.mjs');
  const say = (text) => process.stderr.write(`set-up: ${text.trim()}\n`);
  if (findMariadb(say) === undefined) say('no MariaDB: the test of its driver is left out');
}

/** Runs one step unless its stamp says that it was done for the same input; `redo` runs it all the same. */
function run(name, { input, redo = false }, command, args) {
  const stamp = join(stamps, name.replaceAll(' ', '-'));
  if (!redo && existsSync(stamp) && readFileSync(stamp, 'utf8') === input) return;
  const began = Date.now();
  process.stderr.write(`set-up: ${name} ...\n`);
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    env,
    stdio: ['ignore', 2, 2],
  });
  if (error !== undefined || status !== 0) {
    process.stderr.write(
      `set-up: ${name} failed (${error?.message ?? `exit code ${status}`}): ${command} ${args.join(' ')}\n`,
    );
    process.exit(1);
  }
  if (input !== undefined) {
    mkdirSync(stamps, { recursive: true });
    writeFileSync(stamp, input);
  }
  process.stderr.write(`set-up: ${name} done in ${((Date.now() - began) / 1000).toFixed(1)} s\n`);
}

function generated() {
  return existsSync(join(root, 'examples/shop/src/generated'));
}

function generatedUsers() {
  return existsSync(join(root, 'examples/users/src/generated/postgresql'));
}

function built() {
  if (!existsSync(join(root, 'packages/admin/dist/page/index.html'))) return false;
  return ['meters', 'testkit', 'sdk', 'mixin', 'cli', 'admin'].every((name) =>
    existsSync(join(root, 'packages', name, 'dist', 'index.js')),
  );
}

function sources() {
  const folders = ['packages', 'examples'].flatMap((parent) =>
    readdirSync(join(root, parent)).map((name) => join(root, parent, name)),
  );
  return [
    ...folders.flatMap((folder) => [
      join(folder, 'src'),
      join(folder, 'page'),
      join(folder, 'prisma'),
      join(folder, 'package.json'),
      join(folder, 'tsdown.config.ts'),
    ]),
    join(root, 'package-lock.json'),
    join(root, 'admin/catalog.json'),
    join(root, 'scripts/build.mjs'),
    join(root, 'tsconfig.json'),
  ];
}

function hashOf(paths) {
  const hash = createHash('sha256');
  for (const path of paths) addTo(hash, path);
  return hash.digest('hex');
}

function addTo(hash, path) {
  if (!existsSync(path)) return;
  let entries;
  try {
    entries = readdirSync(path).sort();
  } catch {
    hash.update(`${path.slice(root.length)}\0`).update(readFileSync(path));
    return;
  }
  for (const entry of entries) addTo(hash, join(path, entry));
}
