import { execFile } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { CliError } from '../cli-error.ts';
import { type Context, processContext } from '../context.ts';
import { lock } from '../lock.ts';
import { stackFiles } from '../stack-files.ts';
import { buildServer } from './build-server.ts';
import { cacheFolder } from './cache-folder.ts';
import { cacheKey } from './cache-key.ts';
import { findOnPath, isExecutable } from './find-on-path.ts';
import { goToolchain } from './go-toolchain.ts';
import { buildFlags, type ServerName, type ServerRow, serverRow } from './server-table.ts';
import { satisfies, versionIn } from './version-range.ts';

const run = promisify(execFile);

/** A server that can be started, and where it came from. */
export interface ServerBinary {
  readonly name: ServerName;
  readonly file: string;
  readonly source: 'variable' | 'path' | 'cache' | 'built';
  /** For a person: which one was taken, or why the one on PATH was not. */
  readonly note: string;
}

/** What `ensureServer()` takes besides the name; nothing is required. */
export interface EnsureServerOptions {
  readonly context?: Context;
  /** Told what takes its time: a build, or waiting for another process that builds. */
  readonly onProgress?: (text: string) => void;
  /** Ends a build. */
  readonly signal?: AbortSignal;
}

/**
 * A binary of the server: the one that its variable names, else one on PATH whose version fits, else the cache's
 * (`$XDG_CACHE_HOME/bellwether/servers`, default `~/.cache/...`), else it is built from `tools/` into the cache, by one
 * process at a time.
 *
 * Throws ERR_SERVER_BINARY for a variable that names no program, ERR_GO_MISSING, ERR_BUILD_FAILED.
 *
 * @example
 * const { file } = await ensureServer('promtool');
 */
export async function ensureServer(
  name: ServerName,
  options: EnsureServerOptions = {},
): Promise<ServerBinary> {
  const { context = processContext(), onProgress = () => {}, signal } = options;
  const row = serverRow(name);
  const named = context.env[row.variable];
  if (named !== undefined && named !== '') {
    if (isExecutable(named)) {
      return { name, file: named, source: 'variable', note: `${named} (${row.variable})` };
    }
    throw new CliError(
      'ERR_SERVER_BINARY',
      `Expected ${row.variable} to be the path of a program, got ${named}; correct it, or unset it to have ${name} ${row.version} built.`,
    );
  }
  const onPath = await fromPath(row, context);
  if (onPath.file !== undefined)
    return { name, file: onPath.file, source: 'path', note: onPath.note };
  const go = await goToolchain(context);
  const moduleFolder = join(stackFiles().tools, row.folder);
  const input = { folder: moduleFolder, package: row.package, flags: buildFlags(row) };
  const key = cacheKey({ ...input, goVersion: go.version });
  const cache = cacheFolder(context);
  const file = join(cache, `${name}-${row.version}-${key}`, name);
  const note = [`${name} ${row.version}`, onPath.note].filter((part) => part !== '').join('; ');
  if (isExecutable(file)) return { name, file, source: 'cache', note };

  mkdirSync(cache, { recursive: true });
  const release = await lock(join(cache, 'build.lock'), context.pid, ({ pid }) =>
    onProgress(`waiting for process ${pid}, which builds`),
  );
  try {
    if (isExecutable(file)) return { name, file, source: 'cache', note };
    onProgress(`building ${name} ${row.version} from source (once)`);
    await buildServer(row, { moduleFolder, target: file, go, signal });
    return { name, file, source: 'built', note };
  } finally {
    release();
  }
}

async function fromPath(
  row: ServerRow,
  context: Context,
): Promise<{ readonly file?: string; readonly note: string }> {
  const file = findOnPath(row.onPath, context);
  if (file === undefined) return { note: '' };
  const version = versionIn(await outputOf(file, ['--version']));
  if (version === undefined || !satisfies(version, row.oldest)) {
    return {
      note: `not ${file}, which is ${version ?? 'of unknown version'} (need ${row.oldest} or newer)`,
    };
  }
  const has = row.components === undefined ? '' : await outputOf(file, ['components']);
  const lacking = (row.components ?? []).filter((name) => !has.includes(`name: ${name}\n`));
  if (lacking.length > 0) return { note: `not ${file}, which lacks ${lacking.join(', ')}` };
  return { file, note: `${file} (${version}, from PATH)` };
}

async function outputOf(file: string, args: readonly string[]): Promise<string> {
  try {
    const { stdout, stderr } = await run(file, [...args], { timeout: 10_000 });
    return stdout + stderr;
  } catch {
    return '';
  }
}
