import { createHash } from 'node:crypto';
import { type Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Extract, extract as newExtract } from 'tar-stream';
import { CliError } from '../../cli-error.ts';
import { type ArchivedFile, type Manifest, parseManifest } from './manifest.ts';
import { endOf, FIRST_ENTRY, LAST_ENTRY } from './write-archive.ts';

/** Where the content of one file goes; `undefined` reads and checks it only. */
export type FileSink = (file: ArchivedFile) => Writable | undefined;

type Entry = Extract extends AsyncIterable<infer E> ? E : never;

const MAX_MANIFEST = 64 * 1024 * 1024;
/** Every tar ends with at least so many zeros. */
const TAIL = 1024;

/**
 * Reads an archive to its end and checks all of it: the manifest, the order, size and SHA-256 of every file, that nothing is missing and that nothing
 * else is there. Only when this returns is any byte of it to be trusted.
 *
 * Throws ERR_BACKUP_ARCHIVE.
 */
export async function readArchive(
  bytes: Readable,
  sink: FileSink = () => undefined,
  onManifest: (manifest: Manifest) => Promise<void> | void = () => {},
): Promise<Manifest> {
  const extract = newExtract();
  const tail = new TailWatch();
  const fed = pipeline(bytes, tail.watch, extract);
  // Said below: an end of the entries that came too early is the same error.
  fed.catch(() => {});
  try {
    const manifest = await readEntries(extract, sink, onManifest);
    await fed;
    tail.check();
    return manifest;
  } catch (error) {
    extract.destroy();
    bytes.destroy();
    throw archiveError(error);
  }
}

async function readEntries(
  extract: AsyncIterable<Entry>,
  sink: FileSink,
  onManifest: (manifest: Manifest) => Promise<void> | void,
): Promise<Manifest> {
  let manifest: Manifest | undefined;
  let manifestText = '';
  let awaited: ArchivedFile[] = [];
  let ended = false;
  for await (const entry of extract) {
    const { name, size = 0, type } = entry.header;
    if (type !== 'file') throw refused(`an entry ${name} that is no file`);
    if (manifest === undefined) {
      if (name !== FIRST_ENTRY || size > MAX_MANIFEST) throw refused('none');
      manifestText = await textOf(entry);
      manifest = parseManifest(manifestText);
      awaited = manifest.parts.flatMap(({ files }) => files);
      await onManifest(manifest);
      continue;
    }
    if (ended) throw refused(`${name} after its end`);
    const next = awaited.shift();
    if (next === undefined) {
      if (name !== LAST_ENTRY || size > TAIL || (await textOf(entry)) !== endOf(manifestText)) {
        throw refused('one whose end does not belong to its manifest: it was changed');
      }
      ended = true;
      continue;
    }
    if (name !== next.path || size !== next.size) {
      throw refused(
        `${name} (${size} bytes) where ${next.path} (${next.size} bytes) was to come: it was changed`,
      );
    }
    await checkFile(entry, next, sink(next));
  }
  if (manifest === undefined) throw refused('none');
  if (!ended) throw refused('one that ends too early: it was cut off');
  return manifest;
}

async function checkFile(
  entry: Entry,
  { path, sha256 }: ArchivedFile,
  target: Writable | undefined,
): Promise<void> {
  const hash = createHash('sha256');
  const hashed = async function* (chunks: AsyncIterable<Uint8Array>) {
    for await (const chunk of chunks) {
      hash.update(chunk);
      yield chunk;
    }
  };
  const into = target ?? new Writable({ write: (_chunk, _encoding, done) => done() });
  await pipeline(hashed(entry as AsyncIterable<Uint8Array>), into);
  if (hash.digest('hex') !== sha256) throw refused(`${path} with another SHA-256: it was changed`);
}

async function textOf(entry: Entry): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of entry) chunks.push(chunk as Uint8Array);
  return Buffer.concat(chunks).toString('utf8');
}

/** Remembers the last bytes that went by. */
class TailWatch {
  #size = 0;
  #last: Buffer = Buffer.alloc(0);

  readonly watch = async function* (this: TailWatch, chunks: AsyncIterable<Uint8Array>) {
    for await (const chunk of chunks) {
      this.#size += chunk.length;
      this.#last = Buffer.concat([this.#last, chunk.subarray(-TAIL)]).subarray(-TAIL);
      yield chunk;
    }
  }.bind(this);

  check(): void {
    const whole = this.#size % 512 === 0 && this.#last.length === TAIL;
    if (!whole || this.#last.some((byte) => byte !== 0)) {
      throw refused('one that ends too early: it was cut off');
    }
  }
}

const refused = (got: string) =>
  new CliError(
    'ERR_BACKUP_ARCHIVE',
    `Expected a whole backup of bellwether, got ${got}. Nothing was changed.`,
  );

function archiveError(error: unknown): CliError {
  if (error instanceof CliError) return error;
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOSPC') {
    return new CliError(
      'ERR_RESTORE_TARGET',
      'Expected room for the unpacked backup, got a full disk; make room, or name another folder by --work. Nothing was changed.',
      { cause: error },
    );
  }
  return refused(`what cannot be read (${message})`);
}
