import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';

const bytes = 8 * 1024 * 1024;

/** A disk of 8 MiB in memory, mounted on `path`. Throws where this user may not mount. */
export async function mountSmallDisk(path) {
  mkdirSync(path, { recursive: true });
  run('mount', ['-t', 'tmpfs', '-o', `size=${bytes},mode=0700`, 'tmpfs', path]);
  let mounted = true;
  return {
    path,
    bytes,
    unmount() {
      if (mounted) run('umount', [path]);
      mounted = false;
    },
  };
}

function run(command, args) {
  const { status, stderr, error } = spawnSync(command, args, { encoding: 'utf8' });
  if (status === 0) return;
  throw new Error(
    `Expected to be allowed to ${command} a disk in memory, got ${(error?.message ?? stderr).trim()}; run the drill as root, or leave this fault out by --only`,
  );
}
