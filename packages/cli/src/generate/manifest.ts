import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Lists what was generated into a folder, beside it, so that files that are no longer generated can be removed. */
export const MANIFEST = 'bellwether-generated.json';

/** Paths that were generated here before, relative to the folder. */
export function generatedBefore(folder: string): readonly string[] {
  const file = join(folder, MANIFEST);
  if (!existsSync(file)) return [];
  try {
    const { files } = JSON.parse(readFileSync(file, 'utf8')) as { files?: unknown };
    return Array.isArray(files) ? files.filter(isInside) : [];
  } catch {
    return [];
  }
}

export function manifestText(paths: readonly string[]): string {
  const about = 'Written by bellwether generate: the files that it may change and remove.';
  return `${JSON.stringify({ about, files: [...paths].sort() }, undefined, 2)}\n`;
}

/** A manifest is a file that anybody may have edited: nothing outside of the folder is ever removed by it. */
function isInside(path: unknown): path is string {
  return typeof path === 'string' && path !== '' && !/^[/\\]|(^|[/\\])\.\.([/\\]|$)|:/.test(path);
}
