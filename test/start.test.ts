import { existsSync } from 'node:fs';
import { runProgram } from '@bellwether/testkit';
import { expect, test } from 'vitest';
import { root } from './support/repository.ts';

const start = (...args: string[]) =>
  runProgram({ file: 'scripts/start.mjs', args, cwd: root, timeoutMs: 150_000 });

test('npm start --for --json: one JSON document, equal to the ledger, and nothing is left behind', async () => {
  const program = start('--for', '5s', '--json', '--rate', '40', '--seed', '7');
  expect(await program.exited, program.stderr).toEqual({ code: 0, signal: null });
  const said = JSON.parse(program.stdout) as {
    equal: boolean;
    problems: string[];
    addresses: Record<string, string>;
    rows: { measure: string; tenant: string; equal: boolean }[];
  };
  expect(said).toMatchObject({ equal: true, problems: [] });
  const tenants = new Set(said.rows.map(({ tenant }) => tenant));
  expect([...tenants]).toEqual(expect.arrayContaining(['acme', 'globex', 'initech']));
  const { data = '', prometheus = '' } = said.addresses;
  expect(existsSync(data)).toBe(false);
  await expect(fetch(prometheus)).rejects.toThrow('fetch failed');
});

test('Ctrl-C while it starts stops what has started', async () => {
  const program = start();
  await program.waitForLine(/start redis: done/);
  program.kill('SIGINT');
  expect(await program.exited).toMatchObject({ signal: null });
  expect(program.timedOut, program.stderr).toBe(false);
});

test.for([
  [['--for', '60'], /Expected --for to be a time from 1s to 24h such as 60s or 5m, got 60\./],
  [['--rate', '0'], /Expected --rate to be a whole number from 1 to 500, got 0\./],
  [['--json'], /Expected --for TIME beside --json/],
  [['--forr', '60s'], /--forr/],
] as const)('npm start %s is refused', async ([args, message]) => {
  const program = start(...args);
  expect(await program.exited).toEqual({ code: 2, signal: null });
  expect(program.stderr).toMatch(message);
  expect(program.stdout).toBe('');
});
