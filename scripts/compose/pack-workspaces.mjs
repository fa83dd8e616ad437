import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The manifest of a folder of the repository. */
export const manifestOf = (folder) =>
  JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));

/** The folder that the command line names, and nothing else; ends the program where it does not. */
export function targetFolder() {
  if (process.argv.length === 3) return resolve(process.argv[2]);
  process.stderr.write('Expected one argument: the folder to pack into\n');
  process.exit(2);
}

/** Workspaces of ours that the one in `folder` needs to run, the needed before the needing. */
export function workspacesNeededBy(folder) {
  const needed = Object.keys(manifestOf(folder).dependencies ?? {})
    .filter((name) => name.startsWith('@bellwether/'))
    .map(folderOf);
  return [...new Set(needed.flatMap((each) => [...workspacesNeededBy(each), each]))];
}

/** `@bellwether/example-chat` is in examples/chat, `@bellwether/sdk` in packages/sdk. */
function folderOf(name) {
  const [, example, rest] = /^@bellwether\/(example-)?(.+)$/.exec(name);
  return example === undefined ? `packages/${rest}` : `examples/${rest}`;
}

/**
 * Packs what an image of ours holds into `target`: the same names and the same lock file, of the workspaces those that run, and nothing of the tools that
 * build. `workspaces` says which parts of each are taken, `files` what is taken besides. `generate` names workspaces with such a script, `build` what is
 * built; `install` goes to npm.
 */
export function packWorkspaces(
  target,
  { workspaces, files = [], generate = [], build, install = [] },
) {
  run('npm', ['install', '--no-save', '--no-audit', '--no-fund'], root);
  for (const folder of generate) {
    run('npm', ['run', 'generate', `--workspace=${manifestOf(folder).name}`], root);
  }
  run('npm', ['run', 'build', '--', ...build], root);

  mkdirSync(target, { recursive: true });
  const copy = (path) => cpSync(join(root, path), join(target, path), { recursive: true });
  const { name, version, license, type } = manifestOf('.');
  const folders = Object.keys(workspaces);
  writeFileSync(
    join(target, 'package.json'),
    JSON.stringify({ name, version, private: true, license, type, workspaces: folders }, null, 2),
  );
  copy('package-lock.json');
  for (const [folder, parts] of Object.entries(workspaces)) {
    for (const part of parts) copy(join(folder, part));
    // npm installs an optional peer where a development dependency is one, even where it omits those.
    const { devDependencies: _, ...rest } = manifestOf(folder);
    writeFileSync(join(target, folder, 'package.json'), JSON.stringify(rest, null, 2));
  }
  for (const file of files) copy(file);
  run('npm', ['install', '--omit=dev', '--no-audit', '--no-fund', ...install], target);
}

function run(command, args, cwd) {
  const { status, error } = spawnSync(command, args, { cwd, stdio: ['ignore', 2, 2] });
  if (status !== 0) throw error ?? new Error(`${command} ${args.join(' ')} ended with ${status}`);
}
