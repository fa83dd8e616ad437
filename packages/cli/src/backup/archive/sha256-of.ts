import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';

/** SHA-256 of all bytes of a stream, in hex, and their number. */
export async function sha256Of(
  bytes: AsyncIterable<Uint8Array>,
): Promise<{ readonly sha256: string; readonly size: number }> {
  const hash = createHash('sha256');
  let size = 0;
  for await (const chunk of bytes) {
    hash.update(chunk);
    size += chunk.length;
  }
  return { sha256: hash.digest('hex'), size };
}

export const sha256OfFile = (file: string) => sha256Of(createReadStream(file));
