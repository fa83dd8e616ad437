// Packs what the image of the backups holds into a folder: node scripts/compose/pack-cli.mjs <folder>. Builds what it needs.
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
const packages = ['meters', 'mixin', 'cli'];
const manifestOf = (folder) => JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
const run = (command, args, cwd) => {
  const { status, error } = spawnSync(command, args, { cwd, stdio: ['ignore', 2, 2] });
  if (status !== 0) throw error ?? new Error(`${command} ${args.join(' ')} ended with ${status}`);
};

run('npm', ['install', '--no-save', '--no-audit', '--no-fund'], root);
run('npm', ['run', 'build', '--', ...packages], root);
mkdirSync(target, { recursive: true });
const { name, version, license, type } = manifestOf('.');
const workspaces = packages.map((each) => `packages/${each}`);
writeFileSync(
  join(target, 'package.json'),
  JSON.stringify({ name, version, private: true, license, type, workspaces }, null, 2),
);
cpSync(join(root, 'package-lock.json'), join(target, 'package-lock.json'));
for (const workspace of workspaces) {
  for (const path of ['dist', 'bin'])
    if (path === 'dist' || workspace === 'packages/cli')
      cpSync(join(root, workspace, path), join(target, workspace, path), { recursive: true });
  const { devDependencies: _, ...rest } = manifestOf(workspace);
  writeFileSync(join(target, workspace, 'package.json'), JSON.stringify(rest, null, 2));
}
// The optional ones are PostgreSQL's servers for each platform.
run('npm', ['install', '--omit=dev', '--omit=optional', '--no-audit', '--no-fund'], target);
