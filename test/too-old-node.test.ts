import { runProgram } from '@bellwether/testkit';
import { expect, test } from 'vitest';
import { nodeBinary, tooOldNode } from './support/node-binaries.ts';
import { root } from './support/repository.ts';

test('on a Node.js that is too old the program runs, and one line says what is missing', async () => {
  const program = runProgram({
    node: await nodeBinary(tooOldNode),
    imports: ['@bellwether/sdk/register'],
    nodeArgs: ['--input-type=module'],
    args: ['-e', 'console.log("the program ran")'],
    cwd: `${root}/examples/quickstart`,
  });
  expect(await program.exited).toEqual({ code: 0, signal: null });
  expect(program.stdout).toBe('the program ran\n');
  expect(program.stderr).toMatch(/^bellwether: Expected Node.js 22.15 or later, got 20\.\S+;.*\n$/);
});
