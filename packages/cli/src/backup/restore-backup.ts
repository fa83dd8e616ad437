import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { addAbortSignal, type Readable } from 'node:stream';
import { CliError } from '../cli-error.ts';
import type { AgeKey } from './archive/age-key.ts';
import { type Manifest, PART_NAMES, type PartName, sizeOf } from './archive/manifest.ts';
import type { RestoreTarget } from './parts/restore-target.ts';
import { readBackup } from './read-backup.ts';

export interface RestoreBackup {
  /** Its bytes as stored. */
  readonly stored: Readable;
  readonly targets: readonly RestoreTarget[];
  /** Only these; default all that the backup and the targets have in common. */
  readonly only?: readonly PartName[];
  readonly key?: AgeKey;
  /** Replace what is there. */
  readonly force: boolean;
  /** Read, check and say what would be done. */
  readonly dryRun: boolean;
  /** Folder for what is unpacked before it is put in place. */
  readonly work: string;
  /** Ends it with ERR_BACKUP_STOPPED as long as nothing was changed; what is being put in place is put in place as a whole. */
  readonly signal?: AbortSignal;
  say(text: string): void;
}

export interface RestoredBackup {
  readonly at: string;
  readonly parts: readonly {
    readonly name: PartName;
    readonly server: string;
    readonly size: number;
    /** What was done, or with a dry run would be. */
    readonly done: string;
  }[];
  /** Parts of the backup that were not asked for, or have no target. */
  readonly leftOut: readonly PartName[];
}

/**
 * Unpacks a backup beside its targets and checks every byte of it, and every target, before anything is changed.
 *
 * Throws ERR_BACKUP_ARCHIVE, ERR_BACKUP_KEY, ERR_RESTORE_TARGET.
 */
export async function restoreBackup(options: RestoreBackup): Promise<RestoredBackup> {
  const { stored, key, force, dryRun, signal, say } = options;
  if (signal !== undefined) addAbortSignal(signal, stored);
  let isChanging = false;
  const folders: string[] = [];
  const staging = new Map<PartName, string>();
  let plan: readonly Planned[] = [];
  const stage = async (target: RestoreTarget) => {
    if (target.staging !== undefined) {
      await mkdir(target.staging, { recursive: true, mode: 0o700 });
      folders.push(target.staging);
      staging.set(target.name, target.staging);
      return;
    }
    await mkdir(options.work, { recursive: true, mode: 0o700 });
    const folder = await mkdtemp(join(options.work, '.restore-'));
    folders.push(folder);
    staging.set(target.name, folder);
  };
  try {
    const manifest = await readBackup(
      stored,
      key,
      ({ path }) => {
        const [part = '', ...rest] = path.split('/');
        const folder = staging.get(part as PartName);
        return folder === undefined ? undefined : unpackTo(join(folder, ...rest));
      },
      async (found) => {
        plan = planOf(found, options);
        for (const { target, part } of plan) {
          say(`${part.name}: ${await target.check(force, part)}`);
        }
        say(`reading ${sizeOf(...found.parts)} bytes`);
        if (dryRun) return;
        for (const { target, part } of plan) {
          await stage(target);
          const folder = staging.get(target.name) ?? '';
          const below = new Set(part.files.map(({ path }) => dirname(path)));
          for (const path of below) {
            await mkdir(join(folder, ...path.split('/').slice(1)), { recursive: true });
          }
        }
      },
    );
    signal?.throwIfAborted();
    isChanging = !dryRun;
    const parts: RestoredBackup['parts'][number][] = [];
    for (const { target, part } of plan) {
      const done = dryRun
        ? await target.check(force, part)
        : await applied(target, staging.get(target.name) ?? '', parts);
      if (!dryRun) say(`${part.name}: ${done} restored`);
      parts.push({ name: part.name, server: part.server, size: sizeOf(part), done });
    }
    const restored = new Set(parts.map(({ name }) => name));
    return {
      at: manifest.at,
      parts,
      leftOut: manifest.parts.map(({ name }) => name).filter((name) => !restored.has(name)),
    };
  } catch (error) {
    throw signal?.aborted && !isChanging ? stopped(error) : error;
  } finally {
    for (const folder of folders) await rm(folder, { recursive: true, force: true });
  }
}

const stopped = (cause: unknown) =>
  new CliError(
    'ERR_BACKUP_STOPPED',
    'Expected to be let finish, got told to stop: nothing was changed.',
    { cause },
  );

interface Planned {
  readonly target: RestoreTarget;
  readonly part: Manifest['parts'][number];
}

/** In the order of PART_NAMES: what can be undone by itself comes first. */
function planOf(
  manifest: Manifest,
  { targets, only }: Pick<RestoreBackup, 'targets' | 'only'>,
): readonly Planned[] {
  const plan = PART_NAMES.flatMap((name) => {
    const part = manifest.parts.find((each) => each.name === name);
    const target = targets.find((each) => each.name === name);
    if (only !== undefined && !only.includes(name)) return [];
    if (part !== undefined && target !== undefined) return [{ part, target }];
    if (only === undefined) return [];
    throw new CliError(
      'ERR_OPTION',
      part === undefined
        ? `Expected ${name} in the backup, got ${manifest.parts.map((each) => each.name).join(', ')}.`
        : `Expected the place to restore ${name} to, got none; see bellwether restore --help.`,
    );
  });
  if (plan.length > 0) return plan;
  throw new CliError(
    'ERR_OPTION',
    `Expected a place for one of ${manifest.parts.map(({ name }) => name).join(', ')}, got none; see bellwether restore --help.`,
  );
}

async function applied(
  target: RestoreTarget,
  staged: string,
  before: readonly { readonly name: string }[],
): Promise<string> {
  try {
    return await target.apply(staged);
  } catch (error) {
    if (!(error instanceof CliError) || before.length === 0) throw error;
    const names = before.map(({ name }) => name).join(', ');
    throw new CliError(error.code, `${error.message} Restored before that: ${names}.`, {
      cause: error,
    });
  }
}

const unpackTo = (file: string) => createWriteStream(file, { mode: 0o600, flush: true });
