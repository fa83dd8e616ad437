import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a package says of itself. */
export interface PackageManifest {
  readonly name?: string | undefined;
  readonly version?: string | undefined;
  /** The entry point of CommonJS, as it is written. */
  readonly main?: string | undefined;
}

const known = new Map<string, PackageManifest>();

/** Name, version and entry point in the package.json of a folder, read once; empty when there is none to read. */
export function packageManifest(directory: string): PackageManifest {
  let manifest = known.get(directory);
  if (manifest === undefined) {
    manifest = read(directory);
    known.set(directory, manifest);
  }
  return manifest;
}

function read(directory: string): PackageManifest {
  try {
    const text = readFileSync(join(directory, 'package.json'), 'utf8');
    const { name, version, main } = JSON.parse(text) as Record<string, unknown>;
    return { name: textOf(name), version: textOf(version), main: textOf(main) };
  } catch {
    return {};
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
