import { describe, expect, test } from 'vitest';
import { pollUntil, runProgram } from '../src/index.ts';

const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

test('collects both outputs and the exit code', async () => {
  const program = runProgram({
    args: ['-e', 'console.log("out"); console.error("err"); process.exitCode = 3'],
  });
  expect(await program.exited).toEqual({ code: 3, signal: null });
  expect(program.stdout).toBe('out\n');
  expect(program.stderr).toBe('err\n');
});

test('waits for a line that comes late and finds one that came early', async () => {
  const program = runProgram({
    args: ['-e', 'console.log("first 1"); setTimeout(() => console.log("second 2"), 50)'],
  });
  expect((await program.waitForLine(/second (\d)/))[1]).toBe('2');
  expect((await program.waitForLine(/first (\d)/))[1]).toBe('1');
});

test('says what was printed when the line never comes', async () => {
  const program = runProgram({ args: ['-e', 'console.log("other")'] });
  await expect(program.waitForLine(/ready/)).rejects.toThrow(
    /to print \/ready\/, but it ended with code 0\.\nstdout:\nother/,
  );
});

test('is killed at its deadline', async () => {
  const program = runProgram({ args: ['-e', 'setInterval(() => {}, 1000)'], timeoutMs: 200 });
  expect(await program.exited).toEqual({ code: null, signal: 'SIGKILL' });
  expect(program.timedOut).toBe(true);
});

test('gives a signal to the program', async () => {
  const program = runProgram({
    args: [
      '-e',
      'process.on("SIGTERM", () => process.exit(7)); setInterval(() => {}, 1000); console.log("up")',
    ],
  });
  await program.waitForLine(/up/);
  expect(program.kill()).toBe(true);
  expect(await program.exited).toEqual({ code: 7, signal: null });
  expect(program.kill()).toBe(false);
});

test('a program that cannot start ends with the reason', async () => {
  const program = runProgram({ node: '/nowhere/node', args: ['-v'] });
  expect(await program.exited).toEqual({ code: null, signal: null });
  expect(program.stderr).toContain('ENOENT');
});

test('takes imports and an environment without ours', async () => {
  process.env.OTEL_TESTKIT_PROBE = 'leaked';
  const program = runProgram({
    imports: ['data:text/javascript,globalThis.imported = 1'],
    args: ['-e', 'console.log(globalThis.imported, process.env.OTEL_TESTKIT_PROBE, process.env.A)'],
    env: { A: 'given' },
  });
  await program.exited;
  delete process.env.OTEL_TESTKIT_PROBE;
  expect(program.stdout).toBe('1 undefined given\n');
});

describe('what a test leaves running', () => {
  let pid = 0;
  test('is started here', () => {
    pid = runProgram({ args: ['-e', 'setInterval(() => {}, 1000)'] }).pid;
    expect(isAlive(pid)).toBe(true);
  });
  test('is gone in the next test', async () => {
    await pollUntil(() => !isAlive(pid));
  });
});

test('is killed when the process that started it exits', async () => {
  const entry = new URL('../dist/index.js', import.meta.url).href;
  const starter = runProgram({
    args: [
      '--input-type=module',
      '-e',
      `import { runProgram } from '${entry}';
       console.log('pid', runProgram({ args: ['-e', 'setInterval(() => {}, 1000)'] }).pid);
       setTimeout(() => process.exit(0), 50);`,
    ],
  });
  const [, pid] = await starter.waitForLine(/pid (\d+)/);
  await starter.exited;
  await pollUntil(() => !isAlive(Number(pid)));
});
