import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root, type Workspace } from './repository.ts';

const run = promisify(execFile);

/** Packs built packages as npm would publish them; returns the tarballs by package name. Throws when a build is missing. */
export async function pack(
  packages: readonly Workspace[],
  destination: string,
): Promise<Record<string, string>> {
  requireBuilds(packages);
  const { stdout } = await run(
    'npm',
    [
      'pack',
      '--json',
      '--ignore-scripts',
      '--pack-destination',
      destination,
      ...packages.map(({ folder }) => `./${folder}`),
    ],
    { cwd: root, maxBuffer: 16 * 1024 * 1024 },
  );
  const packed = JSON.parse(stdout) as readonly { name: string; filename: string }[];
  return Object.fromEntries(
    packed.map(({ name, filename }) => [name, join(destination, filename)]),
  );
}

/** A missing build must fail a test, never be passed over. */
export function requireBuilds(packages: readonly Workspace[]): void {
  const missing = packages.flatMap(({ folder, exports }) =>
    Object.values(exports)
      .map((file) => join(folder, file))
      .filter((file) => !existsSync(join(root, file))),
  );
  if (missing.length > 0) {
    throw new Error(
      `Expected built files, but these are missing: ${missing.join(', ')}; npm run build`,
    );
  }
}
