import { existsSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { CliError } from '../../cli-error.ts';
import { type Manifest, readManifest } from './manifest.ts';
import { nodeCommandsOf, parseNodeArguments } from './node-command.ts';
import { type PackageGraph, packageGraph } from './package-graph.ts';
import type { RunningProcess } from './running-process.ts';

/** The application, as its files tell it. */
export interface App {
  /** That of its package.json. */
  readonly folder: string;
  readonly manifest: Manifest;
  /** The file that Node.js is given, absolute; it may not exist. */
  readonly entry: string | undefined;
  /** Who named the entry. */
  readonly entryFrom: string;
  /** Everything that it can load from node_modules. */
  packages(): PackageGraph;
}

/** `given` is a file or a folder. Throws ERR_OPTION when it does not exist. */
export function readApp(
  cwd: string,
  given: string | undefined,
  running: RunningProcess | undefined,
): App | undefined {
  const place = resolve(cwd, given ?? running?.folder ?? '.');
  const kind = statSync(place, { throwIfNoEntry: false });
  // The folder of a process in a container is one of its own file system.
  if (kind === undefined && given === undefined) return undefined;
  if (kind === undefined) {
    throw new CliError('ERR_OPTION', `Expected --app to be a file or a folder, got ${place}.`);
  }
  const file = kind.isFile() ? place : undefined;
  const folder = nearestPackage(file === undefined ? place : dirname(place));
  if (folder === undefined) return undefined;
  const manifest = readManifest(folder) ?? {};
  let graph: PackageGraph | undefined;
  return {
    folder,
    manifest,
    ...entryOf(folder, manifest, file, running),
    packages: () => {
      graph ??= packageGraph(folder, manifest);
      return graph;
    },
  };
}

function entryOf(
  folder: string,
  manifest: Manifest,
  file: string | undefined,
  running: RunningProcess | undefined,
): Pick<App, 'entry' | 'entryFrom'> {
  if (file !== undefined) return { entry: file, entryFrom: '--app' };
  if (running !== undefined) {
    const { script } = parseNodeArguments(running.args);
    if (script !== undefined)
      return {
        entry: fileOf(resolve(running.folder, script)),
        entryFrom: `process ${running.pid}`,
      };
  }
  const { scripts = {}, main } = manifest;
  const script = nodeCommandsOf(scripts.start ?? '', scripts).at(-1)?.script;
  if (script !== undefined)
    return { entry: fileOf(resolve(folder, script)), entryFrom: 'the start script' };
  if (main !== undefined) return { entry: fileOf(resolve(folder, main)), entryFrom: 'main' };
  return { entry: undefined, entryFrom: 'nobody' };
}

/** What Node.js takes for it when it is a folder, or has no ending. */
function fileOf(path: string): string {
  const candidates = [path, `${path}.js`, `${path}.cjs`, join(path, 'index.js')];
  return candidates.find((file) => statSync(file, { throwIfNoEntry: false })?.isFile()) ?? path;
}

function nearestPackage(folder: string): string | undefined {
  if (existsSync(join(folder, 'package.json'))) return folder;
  const parent = dirname(folder);
  return parent === folder ? undefined : nearestPackage(parent);
}
