import { generateMonitoring } from '@bellwether/mixin';
import { runProgram } from '@bellwether/testkit';
import { expect, test } from 'vitest';
import shop from '../examples/shop/monitoring.ts';
import { root } from './support/repository.ts';

interface Report {
  readonly counts: Readonly<Record<string, number>>;
  readonly problems: readonly { readonly place: object; readonly message: string }[];
  readonly expected: readonly { readonly reason: string }[];
  readonly unseen: readonly {
    readonly place: { readonly rule?: string };
    readonly message: string;
  }[];
}

test('npm run verify: on the running shop no panel, rule or alert is dead', {
  timeout: 600_000,
}, async () => {
  const program = runProgram({
    file: 'scripts/verify.mjs',
    args: ['--json', '--wait', '6m'],
    cwd: root,
    timeoutMs: 590_000,
  });
  const exit = await program.exited;
  expect(program.stdout, program.stderr).toMatch(/^\{/);
  const { counts, problems, expected, unseen } = JSON.parse(program.stdout) as Report;
  expect(problems.map(({ place, message }) => ({ ...place, message }))).toEqual([]);
  // It was given a past of four weeks: no rule waits for one.
  expect(unseen.filter(({ place, message }) => place.rule && / offset /.test(message))).toEqual([]);
  expect(new Set(expected.map(({ reason }) => reason)).size).toBeLessThanOrEqual(10);
  // Where no MariaDB can be had, its board is left out.
  const left = /the board and the alerts of MySQL are left out/.test(program.stderr) ? 1 : 0;
  const boards = generateMonitoring(shop).filter(({ path }) =>
    /^grafana\/dashboards\/.*\.json$/.test(path),
  );
  expect(counts).toMatchObject({ dashboards: boards.length - left, empty: 0, problems: 0 });
  expect(exit, program.stderr).toEqual({ code: 0, signal: null });
});

test.each([
  [['--rate', '0'], /Expected --rate to be a whole number from 1 to 500, got 0\./],
  [['--what'], /--what/],
])('npm run verify %s is refused', async (args, message) => {
  const program = runProgram({ file: 'scripts/verify.mjs', args, cwd: root });
  expect(await program.exited).toEqual({ code: 2, signal: null });
  expect(program.stderr).toMatch(message);
});
