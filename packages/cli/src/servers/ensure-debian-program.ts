import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { CliError } from '../cli-error.ts';
import type { Context } from '../context.ts';
import { lock } from '../lock.ts';
import { cacheFolder } from './cache-folder.ts';
import { findOnPath, isExecutable } from './find-on-path.ts';

const run = promisify(execFile);

/** A program that Debian packages and that nobody has to install. */
export interface DebianProgram {
  readonly name: string;
  /** Environment variable that names a program to take instead. */
  readonly variable: string;
  /** Names to look for on PATH, in order. */
  readonly onPath: readonly string[];
  readonly package: string;
  /** The program in the unpacked package. */
  readonly file: string;
}

/**
 * The program that the variable names, else one on PATH, else the one in Debian's package, which is downloaded by apt-get and
 * unpacked into the cache. The package is never installed: no script of it runs, no user is added, no daemon starts.
 *
 * Throws ERR_SERVER_BINARY for a variable that names no program, ERR_PACKAGE_MISSING when there is no such package to be had.
 */
export async function ensureDebianProgram(
  program: DebianProgram,
  { context, say }: { readonly context: Context; readonly say: (text: string) => void },
): Promise<{ readonly file: string; readonly note: string }> {
  const { variable, name } = program;
  const named = context.env[variable];
  if (named !== undefined && named !== '') {
    if (isExecutable(named)) return { file: named, note: `${named} (${variable})` };
    throw new CliError(
      'ERR_SERVER_BINARY',
      `Expected ${variable} to be the path of a program, got ${named}; correct it, or unset it.`,
    );
  }
  const onPath = findOnPath(program.onPath, context);
  if (onPath !== undefined) return { file: onPath, note: `${onPath} (from PATH)` };
  const target = join(cacheFolder(context), 'debian', program.package);
  const file = join(target, program.file);
  const note = `${name} of Debian's package ${program.package}`;
  if (isExecutable(file)) return { file, note };
  if (findOnPath(['apt-get'], context) === undefined) throw missing(program, 'no apt-get');
  mkdirSync(cacheFolder(context), { recursive: true });
  const release = await lock(join(cacheFolder(context), 'debian.lock'), context.pid, ({ pid }) =>
    say(`waiting for process ${pid}, which downloads`),
  );
  try {
    if (!isExecutable(file)) {
      say(`downloading Debian's package ${program.package}`);
      await unpack(program, target, context);
    }
    return { file, note };
  } finally {
    release();
  }
}

async function unpack(program: DebianProgram, target: string, context: Context): Promise<void> {
  const work = mkdtempSync(join(cacheFolder(context), 'downloading-'));
  const options = { cwd: work, env: { ...context.env, LC_ALL: 'C' }, timeout: 120_000 };
  const download = () => run('apt-get', ['download', '-q', program.package], options);
  try {
    await download().catch(async (error: unknown) => {
      // Fresh machines have no lists of packages; only root may fetch them.
      if (context.uid !== 0) throw error;
      await run('apt-get', ['update', '-q'], options);
      await download();
    });
    const archive = readdirSync(work).find((name) => name.endsWith('.deb'));
    if (archive === undefined) throw missing(program, 'no package file');
    await run('dpkg-deb', ['--extract', archive, 'unpacked'], options);
    mkdirSync(join(target, '..'), { recursive: true });
    if (existsSync(target)) rmSync(target, { recursive: true });
    renameSync(join(work, 'unpacked'), target);
  } catch (error) {
    if (error instanceof CliError) throw error;
    const { stderr = '', message } = error as { stderr?: string; message: string };
    throw missing(program, (stderr.trim() || message).split('\n').at(-1) ?? '');
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

const missing = ({ name, onPath, variable, package: debian }: DebianProgram, got: string) =>
  new CliError(
    'ERR_PACKAGE_MISSING',
    `Expected ${onPath.join(' or ')} on PATH or Debian's package ${debian}, got neither (${got}); install ${name}, or name one by ${variable}.`,
  );
