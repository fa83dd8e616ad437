import type { Readable } from 'node:stream';
import { type AgeKey, decrypted } from './archive/age-key.ts';
import type { Manifest } from './archive/manifest.ts';
import { type FileSink, readArchive } from './archive/read-archive.ts';

/**
 * Reads a stored backup to its end, decrypted where it is encrypted, and checks every byte of it.
 * Throws ERR_BACKUP_ARCHIVE or ERR_BACKUP_KEY.
 */
export async function readBackup(
  stored: Readable,
  key: AgeKey | undefined,
  sink?: FileSink,
  onManifest?: (manifest: Manifest) => Promise<void> | void,
): Promise<Manifest> {
  return readArchive(await decrypted(stored, key), sink, onManifest);
}
