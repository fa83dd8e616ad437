import { runProgram } from '@bellwether/testkit';
import { expect, test } from 'vitest';
import { root } from './support/repository.ts';

test.each([
  ['scripts/backup-proof.mjs', ['--for', 'ever'], /Expected --for/],
  ['scripts/backup-proof.mjs', ['--what'], /--what/],
  ['scripts/upgrade-proof.mjs', ['--for', '0'], /Expected --for/],
  ['scripts/upgrade-proof.mjs', ['--what'], /--what/],
])('%s %j is refused', async (file, args, message) => {
  const program = runProgram({ file, args, cwd: root, timeoutMs: 60_000 });
  expect(await program.exited).toEqual({ code: 2, signal: null });
  expect(program.stderr).toMatch(message);
});
