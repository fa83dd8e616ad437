import { expect, test } from 'vitest';
import { packageOfFile } from './package-of-file.ts';

test.each([
  ['/app/node_modules/pg/lib/client.js', 'pg', '/app/node_modules/pg', 'lib/client.js'],
  [
    '/app/node_modules/@redis/client/dist/index.js',
    '@redis/client',
    '/app/node_modules/@redis/client',
    'dist/index.js',
  ],
  [
    '/app/node_modules/.pnpm/pg@8/node_modules/pg/index.js',
    'pg',
    '/app/node_modules/.pnpm/pg@8/node_modules/pg',
    'index.js',
  ],
])('%s', (path, name, directory, file) => {
  expect(packageOfFile(path)).toEqual({ name, directory, file });
});

test("the application's own files belong to no package", () => {
  expect(packageOfFile('/app/src/index.js')).toBeUndefined();
});
