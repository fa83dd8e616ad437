import { fileURLToPath } from 'node:url';
import { freePort, runProgram } from '@bellwether/testkit';
import { expect, test } from 'vitest';

test('a database that is away is one line, without the password', async () => {
  const program = runProgram({
    file: 'dist/prepare-database.js',
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    env: { DATABASE_URL: `postgres://shop:not-to-be-seen@127.0.0.1:${await freePort()}/shop` },
  });
  const { code } = await program.exited;
  expect(code).toBe(1);
  expect(program.stderr.trim()).toMatch(/^Expected the database in DATABASE_URL .*ECONNREFUSED.*$/);
  expect(program.stderr).not.toContain('not-to-be-seen');
});
