import { runProgram } from '@bellwether/testkit';
import { expect, test } from 'vitest';
import { root } from './support/repository.ts';

const run = (...args: string[]) =>
  runProgram({ file: 'scripts/exits.mjs', args, cwd: root, timeoutMs: 540_000 });

test('every way out: exit, output and last telemetry are as promised', async () => {
  const program = run('--quick', '--json');
  const exit = await program.exited;
  expect(program.stdout, program.stderr).not.toBe('');
  const { rows } = JSON.parse(program.stdout) as {
    readonly rows: readonly {
      readonly way: string;
      readonly state: string;
      readonly module: string;
      readonly seconds: number;
      readonly problems: readonly string[];
    }[];
  };
  expect(rows.filter(({ problems }) => problems.length > 0)).toEqual([]);
  expect(exit).toEqual({ code: 0, signal: null });
  // A Collector that hangs is given the whole deadline, and no other one is.
  const hung = rows.filter(({ state }) => state === 'hung');
  expect(hung.length).toBeGreaterThan(5);
  expect(Math.max(...hung.map(({ seconds }) => seconds))).toBeGreaterThan(1.8);
}, 600_000);

test.each([
  [['--jobs', '0'], /Expected --jobs to be a whole number from 1 to 16, got 0\./],
  [['--only', 'teleport'], /Expected --only to be part of a way's name \(nothing left to do; /],
])('npm run exits %s is refused', async (args, message) => {
  const program = run(...args);
  expect(await program.exited).toEqual({ code: 2, signal: null });
  expect(program.stderr).toMatch(message);
});
