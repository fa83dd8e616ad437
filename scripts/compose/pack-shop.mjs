// Packs what the image of the shop holds into a folder: node scripts/compose/pack-shop.mjs <folder>. Builds what it needs; nothing of the
// tools that build is in it.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const target = resolve(process.argv[2] ?? '');
if (process.argv.length !== 3) {
  process.stderr.write('Expected one argument: the folder to pack into\n');
  process.exit(2);
}

const manifestOf = (folder) => JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
/** The packages of ours that the shop needs to run, the needed before the needing. */
const built = packagesOf('examples/shop');
const run = (command, args, cwd) => {
  const { status, error } = spawnSync(command, args, { cwd, stdio: ['ignore', 2, 2] });
  if (status !== 0) throw error ?? new Error(`${command} ${args.join(' ')} ended with ${status}`);
};

run('npm', ['install', '--no-save', '--no-audit', '--no-fund'], root);
run('npm', ['run', 'generate', '--workspace=@bellwether/example-shop'], root);
run('npm', ['run', 'build', '--', ...built, 'shop'], root);

mkdirSync(target, { recursive: true });
const copy = (path) => cpSync(join(root, path), join(target, path), { recursive: true });
const workspaces = [...built.map((name) => `packages/${name}`), 'examples/shop'];
// The same names and the same lock file, and of the workspaces those that run.
const { name, version, license, type } = manifestOf('.');
writeFileSync(
  join(target, 'package.json'),
  JSON.stringify({ name, version, private: true, license, type, workspaces }, null, 2),
);
copy('package-lock.json');
for (const workspace of workspaces) {
  copy(join(workspace, 'dist'));
  // npm installs an optional peer where a development dependency is one, even where it omits those.
  const { devDependencies: _, ...rest } = manifestOf(workspace);
  writeFileSync(join(target, workspace, 'package.json'), JSON.stringify(rest, null, 2));
}
copy('examples/shop/prisma/migrations');
copy('examples/shop/public');
for (const path of [
  'compose/render-alertmanager.mjs',
  'compose/channels-log.json',
  'compose/channels-mailpit.json',
  'packages/cli/src/stack/render-alertmanager-config.ts',
  'packages/cli/src/stack/stack-settings.ts',
])
  copy(path);
const { yaml } = manifestOf('packages/cli').dependencies;
run('npm', ['install', '--omit=dev', '--no-audit', '--no-fund', `yaml@${yaml}`], target);

function packagesOf(folder) {
  const names = Object.keys(manifestOf(folder).dependencies ?? {})
    .filter((name) => name.startsWith('@bellwether/'))
    .map((name) => name.slice('@bellwether/'.length));
  return [...new Set(names.flatMap((name) => [...packagesOf(`packages/${name}`), name]))];
}
