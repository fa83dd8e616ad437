import { runProgram } from '@bellwether/testkit';
import { expect, test } from 'vitest';
import { root } from './support/repository.ts';

const build = (...args: string[]) => runProgram({ file: 'scripts/build.mjs', args, cwd: root });

test('npm run build --help says what it takes, and builds nothing', async () => {
  const program = build('--help');
  expect(await program.exited).toEqual({ code: 0, signal: null });
  expect(program.stdout).toMatch(/^npm run build -- \[name \.\.\.\]\n[\s\S]*meters, testkit, sdk/);
  expect(program.stderr).toBe('');
});

test.each([
  ['--nope', /^Unknown option '--nope'.* See npm run build -- --help$/m],
  ['mars', /^Expected names of packages \(meters, .+\), got mars\. See npm run build -- --help$/m],
])('npm run build %s is refused', async (word, message) => {
  const program = build(word);
  expect(await program.exited).toEqual({ code: 2, signal: null });
  expect(program.stderr).toMatch(message);
  expect(program.stdout).toBe('');
});
