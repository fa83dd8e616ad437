import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { CliError } from '../cli-error.ts';
import { ownVersion } from '../own-version.ts';
import { type AgeKey, encrypted } from './archive/age-key.ts';
import { archiveName } from './archive/archive-name.ts';
import { type ArchivedPart, type Manifest, PART_NAMES, sizeOf } from './archive/manifest.ts';
import { sha256Of, sha256OfFile } from './archive/sha256-of.ts';
import { archiveStream } from './archive/write-archive.ts';
import type { PartSource, SavedPart } from './parts/part-source.ts';
import { readBackup } from './read-backup.ts';
import { type Retention, toRemove } from './retention.ts';
import type { Store } from './store/store.ts';

export interface CreateBackup {
  readonly store: Store;
  readonly parts: readonly PartSource[];
  readonly key?: AgeKey;
  readonly retention: Retention;
  /** Folder for what is saved before it is packed: as large as a dump of PostgreSQL. */
  readonly work: string;
  readonly at: Date;
  /** Ends it where it is, with ERR_BACKUP_STOPPED: what it has begun is removed. */
  readonly signal?: AbortSignal;
  /** Told of every step. */
  say(text: string): void;
}

export interface CreatedBackup {
  readonly name: string;
  readonly store: string;
  readonly at: string;
  /** Bytes as stored. */
  readonly size: number;
  readonly encrypted: boolean;
  /** `contents`: every file was read back and compared; `bytes`: the stored bytes were, as only the public key is here. */
  readonly verified: 'contents' | 'bytes';
  readonly parts: readonly {
    readonly name: string;
    readonly server: string;
    readonly files: number;
    readonly size: number;
    readonly seconds: number;
  }[];
  readonly notes: readonly string[];
  /** Names of older backups that went. */
  readonly removed: readonly string[];
  readonly seconds: number;
}

/**
 * Saves every part, packs them into one archive, stores it, reads it back, and only then removes what is older than is to be kept.
 * Whatever fails, earlier backups stay as they are, and nothing half-done stays behind.
 */
export async function createBackup(options: CreateBackup): Promise<CreatedBackup> {
  const { store, parts, key, retention, at, signal, say } = options;
  const began = performance.now();
  const release = await store.claim();
  const saved: (SavedPart & { readonly name: PartSource['name'] })[] = [];
  const seconds: number[] = [];
  let work: string | undefined;
  try {
    await mkdir(options.work, { recursive: true, mode: 0o700 });
    work = await mkdtemp(join(options.work, '.work-'));
    for (const part of inOrder(parts)) {
      signal?.throwIfAborted();
      const start = performance.now();
      say(`${part.name}: saving from ${part.from}`);
      const folder = join(work, part.name);
      await mkdir(folder);
      saved.push({ ...(await part.save(folder, signal)), name: part.name });
      seconds.push(secondsSince(start));
    }
    say('packing');
    const manifest: Manifest = {
      format: 1,
      version: ownVersion(),
      at: at.toISOString(),
      parts: await Promise.all(saved.map(archived)),
    };
    const fileOf = new Map(
      saved.flatMap(({ name, files }) => files.map(({ path, file }) => [`${name}/${path}`, file])),
    );
    const name = archiveName(at, key !== undefined);
    const verified = key === undefined || key.identities.length > 0 ? 'contents' : 'bytes';
    const { bytes, whatWasSent } = await observed(archiveStream(manifest, fileOf), key, signal);
    const size = await store.write(name, bytes, async (readBack) => {
      say('reading it back');
      const sent = whatWasSent();
      const found = await sha256Of(await readBack());
      if (found.sha256 !== sent.sha256) throw changed(store, sent.size, found.size);
      if (verified === 'contents') await readBackup(await readBack(), key);
    });
    const removed = await removeOld(store, retention);
    return {
      ...{ name, store: store.shown, at: manifest.at, size },
      ...{ encrypted: key !== undefined, verified },
      parts: manifest.parts.map((part, index) => ({
        ...{ name: part.name, server: part.server, files: part.files.length },
        ...{ size: sizeOf(part), seconds: seconds[index] ?? 0 },
      })),
      notes: saved.flatMap(({ notes = [] }) => notes),
      removed,
      seconds: secondsSince(began),
    };
  } catch (error) {
    if (signal?.aborted) throw stopped(error);
    if (isFull(error)) throw noRoom(options.work, error);
    throw isRefused(error) ? notAllowed(error) : error;
  } finally {
    for (const part of saved) {
      // The backup is what it is, and what else is to be removed must be.
      await part.release?.().catch((error: Error) => {
        say(`${part.name}: what was made for this backup could not be removed: ${error.message}`);
      });
    }
    if (work !== undefined) await rm(work, { recursive: true, force: true });
    release();
  }
}

const inOrder = (parts: readonly PartSource[]) =>
  PART_NAMES.flatMap((name) => parts.filter((part) => part.name === name));

async function archived({
  name,
  server,
  files,
}: SavedPart & { readonly name: PartSource['name'] }): Promise<ArchivedPart> {
  const known = [];
  for (const { path, file } of files) {
    const { sha256, size } = await sha256OfFile(file);
    known.push({ path: `${name}/${path}`, size, sha256 });
  }
  return { name, server, files: known };
}

/** The bytes that are stored, and their SHA-256 once they have all gone by. */
async function observed(archive: Readable, key: AgeKey | undefined, signal?: AbortSignal) {
  const hash = createHash('sha256');
  let size = 0;
  const watched = async function* (chunks: AsyncIterable<Uint8Array>) {
    for await (const chunk of chunks) {
      signal?.throwIfAborted();
      hash.update(chunk);
      size += chunk.length;
      yield chunk;
    }
  };
  const stored = key === undefined ? archive : await encrypted(archive, key);
  const bytes = Readable.from(watched(stored), { objectMode: false });
  return { bytes, whatWasSent: () => ({ sha256: hash.digest('hex'), size }) };
}

async function removeOld(store: Store, retention: Retention): Promise<readonly string[]> {
  const old = toRemove(await store.list(), retention);
  for (const { name } of old) await store.remove(name);
  return old.map(({ name }) => name);
}

const secondsSince = (start: number) => Math.round((performance.now() - start) / 100) / 10;

const changed = (store: Store, sent: number, found: number) =>
  new CliError(
    'ERR_BACKUP_STORE',
    `Expected ${store.shown} to keep what it was given (${sent} bytes), got other bytes back (${found}); earlier backups are as they were.`,
  );

const stopped = (cause: unknown) =>
  new CliError(
    'ERR_BACKUP_STOPPED',
    'Expected to be let finish, got told to stop: no backup was made. Earlier backups are as they were.',
    { cause },
  );

/** By the file system, or by SQLite: https://www.sqlite.org/rescode.html#full */
const isFull = (error: unknown) => {
  const { code, errcode } = error as NodeJS.ErrnoException & { errcode?: number };
  return code === 'ENOSPC' || (code === 'ERR_SQLITE_ERROR' && errcode === 13);
};
const noRoom = (work: string, cause: unknown) =>
  new CliError(
    'ERR_BACKUP_STORE',
    `Expected room in ${work} for what is saved before it is packed, got a full disk; make room, or name another folder by --work. Earlier backups are as they were.`,
    { cause },
  );

const isRefused = (error: unknown): error is NodeJS.ErrnoException =>
  ['EACCES', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '');
const notAllowed = (error: NodeJS.ErrnoException) =>
  new CliError(
    'ERR_BACKUP_STORE',
    `Expected to be allowed to ${error.syscall ?? 'use'} ${error.path ?? 'every file'}, got a refusal; run this as the user of the server that is saved, or correct owner and mode. Earlier backups are as they were.`,
    { cause: error },
  );
