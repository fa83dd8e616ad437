import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const bytes = 16 * 1024 * 1024;

/** A disk of 16 MiB, an image in `folder`, mounted at `path` (beside it). Throws where this user may not mount. */
export function mountSmallDisk(folder, path = join(folder, 'mounted')) {
  const ballast = join(path, 'ballast');
  const image = join(folder, 'image');
  mkdirSync(folder, { recursive: true });
  mkdirSync(path, { recursive: true });
  writeFileSync(image, '');
  truncateSync(image, bytes);
  run('mkfs.ext4', ['-q', '-F', '-m', '0', image]);
  run('mount', ['-o', 'loop', image, path]);
  let mounted = true;
  return {
    /** Writes until there is no room. */
    fill() {
      const block = Buffer.alloc(64 * 1024, 1);
      try {
        for (let written = 0; written < bytes; written += block.length)
          appendFileSync(ballast, block);
      } catch (error) {
        if (error.code !== 'ENOSPC') throw error;
      }
    },
    /** There is room again. */
    empty() {
      rmSync(ballast, { force: true });
    },
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
    `Expected to be allowed to make and mount a small disk, got ${command}: ${(error?.message ?? stderr).trim()}; run this as root, or leave this fault out by --only`,
  );
}
