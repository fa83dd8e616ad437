import { readdir } from 'node:fs/promises';
import { join, sep } from 'node:path';
import type { SavedFile } from './part-source.ts';

/** All files below a folder, in a fixed order, with their paths seen from it. */
export async function filesOfFolder(folder: string): Promise<readonly SavedFile[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((file) => ({
      path: file
        .slice(folder.length + 1)
        .split(sep)
        .join('/'),
      file,
    }));
}
