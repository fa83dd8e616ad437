import { chownSync, existsSync, readFileSync, statSync } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { CliError } from '../../cli-error.ts';
import type { Context } from '../../context.ts';
import { checkWritable } from './check-writable.ts';
import { prometheusVersion } from './prometheus-source.ts';
import type { RestoreTarget } from './restore-target.ts';

/** What a Prometheus that has no data yet leaves behind, and what is ours. */
const NOTHING = /^(lock|queries\.active|lost\+found|\.restore-.*)$/;

/** Puts the blocks of a snapshot in the place of a data folder. Prometheus must not run on it. */
export function prometheusTarget(
  { url, dataFolder }: { readonly url?: string; readonly dataFolder: string },
  { pid, uid }: Pick<Context, 'pid' | 'uid'>,
): RestoreTarget {
  const content = async () =>
    existsSync(dataFolder) ? (await readdir(dataFolder)).filter((name) => !NOTHING.test(name)) : [];
  return {
    name: 'prometheus',
    into: dataFolder,
    staging: join(dataFolder, `.restore-${pid}`),
    async check(force, { files }) {
      const answers = url !== undefined && (await isThere(url));
      if (answers || isLocked(join(dataFolder, 'lock'))) {
        throw new CliError(
          'ERR_RESTORE_TARGET',
          `Expected no Prometheus on ${dataFolder}, got one that runs; stop it first, and start it afterwards.`,
        );
      }
      const there = await content();
      if (there.length > 0 && !force) {
        throw new CliError(
          'ERR_RESTORE_TARGET',
          `Expected ${dataFolder} to have no data yet, got ${there.length} entries (${there.slice(0, 3).join(', ')}); --force replaces them.`,
        );
      }
      checkWritable(dataFolder);
      const blocks = new Set(files.map(({ path }) => path.split('/')[1])).size;
      return `${blocks} blocks into ${dataFolder}${there.length > 0 ? ', in the place of what is there' : ''}`;
    },
    async apply(staged) {
      const old = join(dataFolder, `.restore-${pid}-before`);
      const before = await content();
      const moved: [from: string, to: string][] = [];
      const move = async (from: string, to: string) => {
        await rename(from, to);
        moved.push([from, to]);
      };
      await mkdir(old);
      try {
        for (const name of before) await move(join(dataFolder, name), join(old, name));
        const names = await readdir(staged);
        for (const name of names) await move(join(staged, name), join(dataFolder, name));
        if (uid === 0) await giveToOwner(dataFolder, names);
        await rm(old, { recursive: true });
        return `${names.length} blocks`;
      } catch (error) {
        for (const [from, to] of moved.reverse()) await rename(to, from);
        await rm(old, { recursive: true, force: true });
        throw error;
      }
    },
  };
}

async function isThere(url: string): Promise<boolean> {
  try {
    await prometheusVersion(url, 3_000);
    return true;
  } catch {
    return false;
  }
}

/** Whether a process holds flock(2) on this file, as Prometheus does. Linux shows that; elsewhere the address alone tells. */
function isLocked(file: string): boolean {
  if (!existsSync(file) || !existsSync('/proc/locks')) return false;
  const { ino } = statSync(file);
  return readFileSync('/proc/locks', 'utf8')
    .split('\n')
    .some((line) => line.includes('FLOCK') && line.includes(`:${ino} `));
}

/** Root restores for a server that is another user. */
async function giveToOwner(dataFolder: string, names: readonly string[]): Promise<void> {
  const { uid, gid } = statSync(dataFolder);
  for (const name of names) {
    const folder = join(dataFolder, name);
    const below = await readdir(folder, { recursive: true, withFileTypes: true });
    const paths = [folder, ...below.map((entry) => join(entry.parentPath, entry.name))];
    for (const path of paths) chownSync(path, uid, gid);
  }
}
