import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Compose 1.29 of Debian 12 (no later Debian has it), unpacked into a folder and installed nowhere: what an old Compose says of compose.yaml. Gives the
 * program; undefined where the package is not to be had.
 */
export function unpackOldCompose(folder) {
  try {
    return unpack(folder);
  } catch {
    return undefined;
  }
}

function unpack(folder) {
  const archives = join(folder, 'archives');
  const tree = join(folder, 'tree');
  mkdirSync(join(archives, 'partial'), { recursive: true });
  const stdio = ['ignore', 2, 2];
  const where = ['-o', `Dir::Cache::archives=${archives}`];
  execFileSync(
    'apt-get',
    [...where, 'install', '-qy', '--download-only', '--no-install-recommends', 'docker-compose'],
    { stdio },
  );
  for (const name of readdirSync(archives).filter((each) => each.endsWith('.deb')))
    execFileSync('dpkg', ['-x', join(archives, name), tree], { stdio });
  const program = join(folder, 'docker-compose');
  const modules = join(tree, 'usr/lib/python3/dist-packages');
  writeFileSync(
    program,
    `#!/bin/sh\nPYTHONPATH='${modules}' exec /usr/bin/python3 '${join(tree, 'usr/bin/docker-compose')}' "$@"\n`,
    { mode: 0o755 },
  );
  execFileSync(program, ['version', '--short'], { stdio });
  return program;
}
