import { runProgram } from '@bellwether/testkit';
import { expect, test } from 'vitest';
import { root } from './support/repository.ts';

test('upstream behaves as docs/upstream says; if not, what works around it may go', async () => {
  const file = 'scripts/upstream.mjs';
  const program = runProgram({ file, args: ['--json'], cwd: root, timeoutMs: 540_000 });
  await program.exited;
  expect(program.stdout, program.stderr).not.toBe('');
  const { programs } = JSON.parse(program.stdout) as {
    readonly programs: readonly { readonly stillSo: boolean }[];
  };
  expect(programs.length).toBeGreaterThan(5);
  expect(programs.filter(({ stillSo }) => !stillSo)).toEqual([]);
}, 600_000);
