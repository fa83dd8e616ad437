import { test } from 'vitest';
import { expectLibrarySeen } from './expect-library-seen.ts';
import { libraries } from './libraries.ts';

test.each(libraries)(
  '$name $versions is seen as docs/reference/supported.md says',
  {
    timeout: 150_000,
  },
  async (library) => {
    await expectLibrarySeen(library);
  },
);
