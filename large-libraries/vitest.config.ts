import { defineConfig } from 'vitest/config';

/** Not a project of the repository's own: `npm run large-libraries` installs what these tests need, and runs them. */
export default defineConfig({
  test: {
    include: ['*.test.ts'],
    testTimeout: 600_000,
    hookTimeout: 600_000,
    fileParallelism: false,
  },
});
