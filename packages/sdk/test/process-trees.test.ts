import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type OtlpReceiver, pollUntil, startOtlpReceiver } from '@bellwether/testkit';
import { describe, expect, onTestFinished, test } from 'vitest';
import { completeWithSdk, runWithSdk } from './run-with-sdk.ts';

/** All of these deliver long before; a machine that runs other tests besides may need more than the default. */
const patient = { BELLWETHER_FLUSH_TIMEOUT: '15000' };
const preload = import.meta.resolve('@bellwether/sdk/register');
const valuesOf = (receiver: OtlpReceiver, name: string) =>
  receiver
    .points(name)
    .map(({ value = 0 }) => value)
    .sort((a, b) => a - b);
const instances = (receiver: OtlpReceiver, name: string) =>
  new Set(receiver.points(name).map(({ resource }) => resource['service.instance.id'])).size;

describe('cluster: a primary and four workers', () => {
  const file = 'cluster-ends.mjs';

  test.each([
    ['disconnect', '0 0 0 0'],
    ['kill', 'SIGTERM SIGTERM SIGTERM SIGTERM'],
    ['killProcess', 'SIGTERM SIGTERM SIGTERM SIGTERM'],
  ])('workers end by %s', async (way, ends) => {
    const receiver = await startOtlpReceiver();
    const program = await completeWithSdk(receiver, { file, args: [way], env: patient });
    expect(program.stdout).toBe(`ready\n${ends}\n`);
    expect(program.stderr).toBe('');
    expect(valuesOf(receiver, 'cluster.work')).toEqual([1, 2, 3, 4, 100]);
    expect(instances(receiver, 'cluster.work')).toBe(5);
  });

  test('a reload, one worker after another', async () => {
    const receiver = await startOtlpReceiver();
    const program = await completeWithSdk(receiver, { file, args: ['reload'], env: patient });
    expect(program.stdout).toContain('running 4\n');
    expect(program.stderr).toBe('');
    expect(valuesOf(receiver, 'cluster.work')).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 100]);
  });

  test.each([
    ['waits', { code: null, signal: 'SIGTERM' }],
    ['handler', { code: 0, signal: null }],
  ])('SIGTERM to the primary alone, which %s', async (way, exit) => {
    const receiver = await startOtlpReceiver();
    const program = runWithSdk(receiver, { file, args: [way], env: patient });
    await program.waitForLine(/^ready$/);
    program.kill('SIGTERM');
    expect(await program.exited).toEqual(exit);
    expect(program.stderr).toBe('');
    // Workers whose primary is gone end by themselves.
    await receiver.waitForPoints('cluster.work', {}, (points) => points.length === 5);
  });
});

describe('a worker thread', () => {
  test.each([
    ['natural', 'ended 0', [1, 2]],
    ['closes', 'ended 0', [1, 2]],
    ['exit', 'ended 3', [1, 2]],
    ['throws', 'error a bug\nended 1', [1, 2]],
    ['rejects', 'error a broken promise\nended 1', [1, 2]],
    // The thread is stopped between two instructions: nothing of ours can run in it any more.
    ['terminate', 'ended 1', [1]],
  ])('%s', async (way, said, values) => {
    const receiver = await startOtlpReceiver();
    const program = await completeWithSdk(receiver, {
      file: 'thread-ends.mjs',
      args: [way],
      env: patient,
    });
    expect(program.stdout).toBe(`${said}\n`);
    expect(program.stderr).toBe('');
    expect(valuesOf(receiver, 'threads.work')).toEqual(values);
  });
});

describe('children', () => {
  test.each([
    ['the flag', { env: patient }, [1, 2, 16]],
    [
      'NODE_OPTIONS',
      { imports: [], env: { ...patient, NODE_OPTIONS: `--import ${preload}` } },
      [1, 2, 4, 8, 16],
    ],
    ['both', { env: { ...patient, NODE_OPTIONS: `--import ${preload}` } }, [1, 2, 4, 8, 16]],
  ])('by %s', async (_, options, values) => {
    const receiver = await startOtlpReceiver();
    const program = await completeWithSdk(receiver, { file: 'child-ends.mjs', ...options });
    expect(program.stdout).toBe('0 0 0 SIGTERM\n');
    expect(program.stderr).toBe('');
    expect(valuesOf(receiver, 'children.work')).toEqual(values);
    expect(instances(receiver, 'children.work')).toBe(values.length);
  });
});

test('node --watch: the process before the change delivers, and the next one starts', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'bellwether-watch-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const watched = join(folder, 'number.mjs');
  await writeFile(watched, 'export const number = 1;\n');
  const receiver = await startOtlpReceiver();
  const program = runWithSdk(receiver, {
    file: 'watched.mjs',
    args: [watched],
    nodeArgs: ['--watch'],
    env: patient,
  });
  await program.waitForLine(/counted 1/);
  // The watcher is told of the file after the program has loaded it, and says nothing about it.
  await pollUntil(
    async () => {
      if (receiver.points('watched.work').length > 0) return true;
      await writeFile(watched, 'export const number = 2;\n');
      return false;
    },
    { everyMs: 500, message: 'a restart' },
  );
  await program.waitForLine(/counted 2/);
  program.kill('SIGTERM');
  expect(await program.exited).toMatchObject({ signal: null });
  await receiver.waitForPoints('watched.work', {}, (points) => points.length >= 2);
  // Writing until it restarted may have restarted it more than once.
  expect(valuesOf(receiver, 'watched.work').slice(0, 2)).toEqual([1, 2]);
  expect(program.stderr).toBe('');
});
