import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { S3mini } from 's3mini';
import { CliError } from '../../cli-error.ts';
import { timeOfArchive } from '../archive/archive-name.ts';
import type { S3Settings } from './s3-settings.ts';
import type { Store } from './store.ts';

/** Of one request; the smallest that S3 takes is 5 MiB, the most parts of one object are 10,000. */
const PART_BYTES = 16 * 1024 * 1024;

/** Backups in a bucket. An object appears when all of its parts are there; one that was read back wrong is removed again. */
export function s3Store(
  { endpoint, bucket, prefix, ...access }: S3Settings,
  partBytes: number = PART_BYTES,
): Store {
  const shown = `s3://${bucket}/${prefix}`;
  const s3 = new S3mini({ ...access, endpoint: `${endpoint}/${bucket}` });
  const guarded = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw storeError(shown, error);
    }
  };
  const read = (name: string) =>
    guarded(async () => {
      const answer = await s3.getObjectResponse(prefix + name);
      if (answer?.body == null) throw new Error(`no ${name} in it`);
      return Readable.fromWeb(answer.body as ReadableStream<Uint8Array>);
    });
  return {
    shown,
    read,
    list: () =>
      guarded(async () => {
        const objects = (await s3.listObjects('/', prefix)) ?? [];
        return objects
          .flatMap(({ Key, Size }) => {
            const name = Key.slice(prefix.length);
            const at = Key.startsWith(prefix) ? timeOfArchive(name) : undefined;
            return at === undefined ? [] : [{ name, at, size: Number(Size) }];
          })
          .sort((a, b) => b.at.getTime() - a.at.getTime());
      }),
    write: (name, bytes, check) =>
      guarded(async () => {
        const key = prefix + name;
        const size = await upload(s3, key, inParts(bytes, partBytes));
        try {
          await check(() => read(name));
        } catch (error) {
          await s3.deleteObject(key).catch(() => {});
          throw error;
        }
        return size;
      }),
    remove: (name) =>
      guarded(async () => {
        await s3.deleteObject(prefix + name);
      }),
    // Names have a second in them, and an object appears at once: two backups do not disturb each other.
    claim: async () => () => {},
  };
}

async function upload(s3: S3mini, key: string, chunks: AsyncGenerator<Buffer>): Promise<number> {
  const uploadId = await s3.getMultipartUploadId(key, 'application/octet-stream');
  try {
    const parts = [];
    let size = 0;
    for await (const part of chunks) {
      parts.push(await s3.uploadPart(key, uploadId, part, parts.length + 1));
      size += part.length;
    }
    await s3.completeMultipartUpload(key, uploadId, parts);
    return size;
  } catch (error) {
    await s3.abortMultipartUpload(key, uploadId).catch(() => {});
    throw error;
  }
}

async function* inParts(
  bytes: AsyncIterable<Uint8Array>,
  partBytes: number,
): AsyncGenerator<Buffer> {
  let chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of bytes) {
    chunks.push(chunk);
    size += chunk.length;
    if (size < partBytes) continue;
    yield Buffer.concat(chunks);
    chunks = [];
    size = 0;
  }
  if (size > 0) yield Buffer.concat(chunks);
}

function storeError(shown: string, error: unknown): CliError {
  if (error instanceof CliError) return error;
  const { message, cause, code, status } = error as Error & { code?: string; status?: number };
  const why = cause instanceof Error ? cause.message : message;
  const what = [status, code].filter((part) => part !== undefined).join(' ');
  return new CliError(
    'ERR_BACKUP_STORE',
    `Expected ${shown} to take and give backups, got ${what === '' ? '' : `${what}: `}${why}; check its address, keys and rights.`,
    { cause: error },
  );
}
