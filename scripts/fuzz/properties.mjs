import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Every property of the repository: `{ file, name }`, read from the sources, so that none can be left out unnoticed. */
export function findProperties(root, only = '') {
  const { stdout } = spawnSync(
    'git',
    ['grep', '-l', '--untracked', "'@bellwether/testkit/fuzz'", '--', '*.test.ts'],
    {
      cwd: root,
      encoding: 'utf8',
    },
  );
  return stdout
    .split('\n')
    .filter((file) => file !== '')
    .flatMap((file) =>
      [...readFileSync(join(root, file), 'utf8').matchAll(/^\s*fuzz\(\s*'([^']+)'/gm)].map(
        ([, name]) => ({ file, name }),
      ),
    )
    .filter(({ name }) => name.includes(only));
}
