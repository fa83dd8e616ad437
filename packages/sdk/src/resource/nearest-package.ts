import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export interface PackageIdentity {
  readonly name?: string;
  readonly version?: string;
}

/** Name and version in the first package.json with a name, from a folder upwards. */
export function nearestPackage(folder: string): PackageIdentity {
  for (let current = folder; ; current = dirname(current)) {
    const found = readPackage(join(current, 'package.json'));
    if (found?.name !== undefined) return found;
    if (current === dirname(current)) return {};
  }
}

function readPackage(path: string): PackageIdentity | undefined {
  try {
    const { name, version } = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
    return {
      ...(typeof name === 'string' && name !== '' && { name }),
      ...(typeof version === 'string' && version !== '' && { version }),
    };
  } catch {
    return undefined;
  }
}
