import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Too old: the newest of the line before the oldest that we promise to run on. */
export const tooOldNode = '20.20.0';

/** The Node versions that we promise to run on: the oldest, and the newest of each line at the time of the last change here. */
export const nodeVersions = ['22.15.0', '22.23.3', '24.19.0', '26.10.0'] as const;

/**
 * A Node binary of that version for this machine, from npm's `node-<platform>-<arch>` packages. It is fetched once into
 * `$XDG_CACHE_HOME/bellwether/node/<version>`, outside of the repository.
 */
export async function nodeBinary(
  version: (typeof nodeVersions)[number] | typeof tooOldNode,
): Promise<string> {
  if (process.version === `v${version}`) return process.execPath;
  const name = `node-${process.platform}-${process.arch}`;
  const inside = join('node_modules', name, 'bin', 'node');
  const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'bellwether/node');
  const home = join(cache, version);
  if (existsSync(join(home, inside))) return join(home, inside);

  await mkdir(cache, { recursive: true });
  const fresh = await mkdtemp(join(cache, `.${version}-`));
  const began = performance.now();
  process.stderr.write(`tests: Node ${version} from npm ...\n`);
  try {
    await promisify(execFile)('npm', [
      'install',
      `--prefix=${fresh}`,
      '--no-save',
      '--no-audit',
      '--no-fund',
      '--ignore-scripts',
      '--prefer-offline',
      `${name}@${version}`,
    ]);
    await promisify(execFile)(join(fresh, inside), ['--version']);
    // Whoever is first wins; the other's copy is thrown away.
    await rename(fresh, home).catch(() => undefined);
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
  process.stderr.write(
    `tests: Node ${version} is there after ${((performance.now() - began) / 1000).toFixed(1)} s\n`,
  );
  return join(home, inside);
}
