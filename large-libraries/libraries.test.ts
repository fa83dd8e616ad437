import { fileURLToPath } from 'node:url';
import { test } from 'vitest';
import { expectLibrarySeen } from '../packages/sdk/test/expect-library-seen.ts';
import { largeLibraries } from '../packages/sdk/test/libraries.ts';

test.each(largeLibraries)(
  '$name $versions is seen as docs/reference/supported.md says',
  async (library) => {
    await expectLibrarySeen(library, fileURLToPath(new URL(library.file, import.meta.url)));
  },
);
