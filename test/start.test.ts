import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { pollUntil, runProgram } from '@bellwether/testkit';
import { expect, onTestFinished, test } from 'vitest';
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
  expect(program.stderr).toContain('Stopped before everything ran; nothing is left.');
  expect(program.stderr).not.toMatch(/failed|aborted|Data and logs/);
});

test('Ctrl-C in a terminal, which signals the whole process group, ends with an equal ledger', async () => {
  const child = spawn(process.execPath, ['scripts/start.mjs', '--rate', '40'], {
    cwd: root,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = once(child, 'exit');
  onTestFinished(async () => {
    child.kill('SIGTERM');
    await exited;
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      text += chunk;
    });
  await pollUntil(() => /What Prometheus says/.test(text), { timeoutMs: 60_000 });
  process.kill(-(child.pid as number), 'SIGINT');
  expect(await exited, text).toEqual([0, null]);
  expect(text).toMatch(/\d+ rows, all equal\./);
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
