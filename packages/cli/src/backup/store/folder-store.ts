import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { CliError } from '../../cli-error.ts';
import { tryLock } from '../../lock.ts';
import { timeOfArchive } from '../archive/archive-name.ts';
import type { Store } from './store.ts';

const PARTIAL = '.partial';
/** Nothing was written to it for so long. */
const ABANDONED_MS = 60 * 60_000;

/** Backups in a folder. They are written beside their place and renamed when they are whole and on disk. */
export function folderStore(folder: string, pid: number): Store {
  return {
    shown: folder,
    async list() {
      const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return [];
        throw storeError(folder, error);
      });
      const known = names.flatMap((name) => {
        const at = timeOfArchive(name);
        return at === undefined ? [] : [{ name, at }];
      });
      const sized = await Promise.all(
        known.map(async (each) => ({ ...each, size: (await stat(join(folder, each.name))).size })),
      );
      return sized.sort((a, b) => b.at.getTime() - a.at.getTime());
    },
    async write(name, bytes, check) {
      const partial = join(folder, `.${name}${PARTIAL}`);
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 });
        await pipeline(bytes, createWriteStream(partial, { mode: 0o600, flush: true }));
        await check(async () => createReadStream(partial));
        const { size } = await stat(partial);
        await rename(partial, join(folder, name));
        await flushFolder(folder);
        return size;
      } catch (error) {
        throw storeError(folder, error);
      } finally {
        await rm(partial, { force: true });
      }
    },
    async read(name) {
      const file = join(folder, name);
      await stat(file).catch((error) => {
        throw storeError(file, error);
      });
      return createReadStream(file);
    },
    async remove(name) {
      await rm(join(folder, name)).catch((error) => {
        throw storeError(folder, error);
      });
    },
    async claim() {
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 });
        const taken = tryLock(join(folder, '.lock'), pid);
        if (typeof taken !== 'function') throw running(folder, taken.pid);
        await removeLeftOver(folder);
        return taken;
      } catch (error) {
        throw storeError(folder, error);
      }
    },
  };
}

/** What a backup that was killed has left. One in another container holds a lock that means nothing here, but goes on writing. */
async function removeLeftOver(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!name.startsWith('.bellwether-') || !name.endsWith(PARTIAL)) continue;
    const file = join(folder, name);
    const found = await stat(file).catch(() => undefined);
    if (found !== undefined && Date.now() - found.mtimeMs > ABANDONED_MS)
      await rm(file, { force: true });
  }
}

async function flushFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

const running = (folder: string, pid: number) =>
  new CliError(
    'ERR_BACKUP_RUNNING',
    `Expected no other backup into ${folder}, got one that runs (process ${pid}); wait for it.`,
  );

function storeError(folder: string, error: unknown): unknown {
  if (error instanceof CliError) return error;
  const { code, message } = error as NodeJS.ErrnoException;
  const texts: Readonly<Record<string, string>> = {
    ENOSPC: `Expected room in ${folder}, got a full disk; make room or keep fewer backups. Earlier backups are as they were.`,
    EACCES: `Expected to be allowed to use ${folder}, got a refusal; correct its owner or mode.`,
    EROFS: `Expected to be able to write to ${folder}, got a read-only file system; name another folder.`,
    ENOENT: `Expected a backup at ${folder}, got none.`,
    ENOTDIR: `Expected ${folder} to be a folder, got a file; name another one.`,
  };
  const text = texts[code ?? ''];
  if (code === undefined) return error;
  return new CliError(
    'ERR_BACKUP_STORE',
    text ?? `Expected ${folder} to work as a folder of backups, got: ${message}.`,
    { cause: error },
  );
}
