import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { pack as newPack, type Pack } from 'tar-stream';
import { CliError } from '../../cli-error.ts';
import type { ArchivedFile, Manifest } from './manifest.ts';

/** Entries that every archive begins and ends with. */
export const FIRST_ENTRY = 'manifest.json';
export const LAST_ENTRY = 'end.json';

/**
 * The archive as a stream of bytes, a tar that every tar reads: the manifest, its files in its order, and an end that names the manifest,
 * so that what was cut off is no backup. The stream fails when a file is no longer what the manifest says.
 */
export function archiveStream(manifest: Manifest, fileOf: ReadonlyMap<string, string>): Readable {
  const pack = newPack();
  addAll(pack, manifest, fileOf).catch((error: Error) => pack.destroy(error));
  return Readable.from(pack, { objectMode: false });
}

async function addAll(
  pack: Pack,
  manifest: Manifest,
  fileOf: ReadonlyMap<string, string>,
): Promise<void> {
  const mtime = new Date(manifest.at);
  const text = `${JSON.stringify(manifest, undefined, 1)}\n`;
  pack.entry({ name: FIRST_ENTRY, mtime, mode: 0o600 }, text);
  for (const file of manifest.parts.flatMap(({ files }) => files)) {
    const source = fileOf.get(file.path);
    if (source === undefined) throw new TypeError(`Expected a file for ${file.path}`);
    await addFile(pack, file, source, mtime);
  }
  pack.entry({ name: LAST_ENTRY, mtime, mode: 0o600 }, endOf(text));
  pack.finalize();
}

/** What the last entry says. */
export const endOf = (manifestText: string): string =>
  `${JSON.stringify({ manifestSha256: createHash('sha256').update(manifestText).digest('hex') })}\n`;

async function addFile(
  pack: Pack,
  { path, size, sha256 }: ArchivedFile,
  source: string,
  mtime: Date,
): Promise<void> {
  const entry = pack.entry({ name: path, size, mtime, mode: 0o600 });
  const hash = createHash('sha256');
  await pipeline(
    createReadStream(source),
    async function* (chunks: AsyncIterable<Uint8Array>) {
      for await (const chunk of chunks) {
        hash.update(chunk);
        yield chunk;
      }
    },
    entry,
  );
  if (hash.digest('hex') !== sha256) {
    throw new CliError(
      'ERR_BACKUP_ARCHIVE',
      `Expected ${path} to stay as it was while it was packed, got other bytes; run the backup again.`,
    );
  }
}
