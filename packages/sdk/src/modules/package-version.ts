import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const known = new Map<string, string | undefined>();

/** The version in the package.json of a folder; undefined when there is none to read. */
export function packageVersion(directory: string): string | undefined {
  if (known.has(directory)) return known.get(directory);
  let version: string | undefined;
  try {
    const manifest: unknown = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8'));
    const value = (manifest as { version?: unknown }).version;
    if (typeof value === 'string') version = value;
  } catch {
    version = undefined;
  }
  known.set(directory, version);
  return version;
}
