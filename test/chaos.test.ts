import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { runProgram } from '@bellwether/testkit';
import { expect, test } from 'vitest';
import { root } from './support/repository.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const chaos = (...args: string[]) =>
  runProgram({ file: 'scripts/chaos.mjs', args, cwd: root, timeoutMs: 1_500_000 });

interface Row {
  readonly fault: string;
  readonly done: number;
  readonly lost: number;
  readonly doubled: number;
  readonly tenants: Readonly<Record<string, { readonly done: number }>>;
  readonly refused?: { readonly batches: number };
  readonly ok: boolean;
  readonly why: readonly string[];
}

test.each([
  [['--rate', '0'], /Expected --rate to be a whole number from 1 to 500, got 0\./],
  [['--jobs', '9'], /Expected --jobs to be a whole number from 1 to 8, got 9\./],
  [['--what'], /--what/],
  [['--only', 'nothing,earthquake'], /Expected --only to name faults \(.+\), got earthquake\./],
])('npm run chaos %s is refused', async (args, message) => {
  const program = chaos(...args);
  expect(await program.exited).toEqual({ code: 2, signal: null });
  expect(program.stderr).toMatch(message);
  expect(program.stdout).toBe('');
});

test('--list names every fault once and says what is promised', async () => {
  const program = chaos('--list', '--json');
  expect(await program.exited).toEqual({ code: 0, signal: null });
  const rows = JSON.parse(program.stdout) as { name: string; quick: string; promise: string }[];
  const names = rows.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(names.filter((name) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name))).toEqual([]);
  expect(rows.filter(({ promise }) => promise.length < 10)).toEqual([]);
  expect(rows.some(({ quick }) => quick === 'yes')).toBe(true);
});

test.each([
  ['exit', 7, /^$/],
  ['throw', 1, /npm run chaos ordered: throw/],
])('a replica told to %s ends with code %i', async (order, code, said) => {
  const file = join(await temporaryFolder('chaos'), 'order');
  await writeFile(file, order);
  const program = runProgram({
    imports: [pathToFileURL(join(root, 'scripts/chaos/on-order.mjs')).href],
    args: ['-e', "console.log('ready'); setInterval(() => {}, 1000)"],
    env: { CHAOS_ORDER_FILE: file },
    timeoutMs: 120_000,
  });
  await program.waitForLine(/ready/);
  program.kill('SIGUSR2');
  expect(await program.exited).toEqual({ code, signal: null });
  expect(program.stderr).toMatch(said);
});

test('a replica told so has another time, and its monotonic clock goes on', async () => {
  const file = join(await temporaryFolder('chaos'), 'order');
  await writeFile(file, 'clock -3600000');
  const program = runProgram({
    imports: [pathToFileURL(join(root, 'scripts/chaos/on-order.mjs')).href],
    args: [
      '-e',
      `const began = performance.now();
      const times = () => [Date.now(), new Date().getTime(), Date.parse(Date())].map((ms) => Math.round(ms / 60_000));
      const [before] = times();
      console.log('ready');
      const timer = setInterval(() => {
        const [now, ...others] = times();
        if (Math.abs(now - before) < 30) return;
        console.log(JSON.stringify({
          moved: Math.round((now - before) / 10),
          agree: others.every((minute) => Math.abs(minute - now) <= 1),
          fixed: new Date(0) instanceof Date && new Date(5).getTime() === 5,
          monotonic: performance.now() >= began && performance.now() - began < 20 * 60_000,
        }));
        clearInterval(timer);
      }, 20);`,
    ],
    env: { CHAOS_ORDER_FILE: file },
    timeoutMs: 120_000,
  });
  await program.waitForLine(/ready/);
  program.kill('SIGUSR2');
  expect((await program.exited).code).toBe(0);
  expect(JSON.parse(program.stdout.split('\n')[1] ?? '')).toEqual({
    ...{ moved: -6, agree: true, fixed: true, monotonic: true },
  });
});

test('the quick set of faults: what is promised holds, for every tenant', async () => {
  const program = chaos('--quick', '--json');
  expect(await program.exited, program.stderr).toEqual({ code: 0, signal: null });
  const { ok, rows } = JSON.parse(program.stdout) as { ok: boolean; rows: Row[] };
  expect(rows.filter((row) => !row.ok || row.why.length > 0 || row.doubled > 0)).toEqual([]);
  expect(ok).toBe(true);

  const listed = chaos('--list', '--quick', '--json');
  await listed.exited;
  const quick = (JSON.parse(listed.stdout) as { name: string; quick: string }[])
    .filter((fault) => fault.quick === 'yes')
    .map(({ name }) => name);
  expect(rows.map(({ fault }) => fault)).toEqual(quick);
  expect(rows).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ fault: 'app-sigkill' }),
      expect.objectContaining({ fault: 'collector-400', lost: 0 }),
      expect.objectContaining({ fault: 'poison', refused: { batches: 0, most: 0 } }),
      expect.objectContaining({ fault: 'poison-unknown', lost: 0 }),
    ]),
  );
  // Else nobody would have seen a batch of the other fault die.
  expect(rows.find(({ fault }) => fault === 'poison-unknown')?.refused?.batches).toBeGreaterThan(0);
  for (const { tenants } of rows) {
    expect(Object.keys(tenants)).toEqual(expect.arrayContaining(['acme', 'globex', 'initech']));
  }
}, 1_600_000);
