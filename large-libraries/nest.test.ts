import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, test } from 'vitest';
import { expectSeen } from '../packages/sdk/test/expect-seen.ts';
import { largeFrameworks } from '../packages/sdk/test/frameworks.ts';

/** Here, so that the program finds the NestJS of this folder. */
const folder = mkdtempSync(fileURLToPath(new URL('nest-', import.meta.url)));
const programs = fileURLToPath(new URL('../packages/sdk/test/programs', import.meta.url));
writeFileSync(join(folder, '.gitignore'), '*\n');
for (const name of ['framework-nest.mjs', 'framework-asked.mjs']) {
  cpSync(join(programs, name), join(folder, name));
}
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each(largeFrameworks)(
  '$name $versions is seen as docs/reference/supported.md says',
  async (framework) => {
    await expectSeen(framework, join(folder, framework.file));
  },
);
