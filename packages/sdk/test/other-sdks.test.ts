import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { startOtlpReceiver } from '@bellwether/testkit';
import { expect, onTestFinished, test } from 'vitest';
import { completeWithSdk } from './run-with-sdk.ts';

const file = 'beside-vendor.mjs';
const vendor = (name: string) => ['--require', `./test/programs/${name}.cjs`];
const preload = '@bellwether/sdk/register';

test('two copies of ours: the first one is in charge, and everything is counted once', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'bellwether-copy-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await cp(fileURLToPath(new URL('../dist', import.meta.url)), join(folder, 'dist'), {
    recursive: true,
  });
  const copy = pathToFileURL(join(folder, 'dist', 'register.js')).href;
  const receiver = await startOtlpReceiver();
  const program = await completeWithSdk(receiver, { file, imports: [preload, copy] });
  expect(program.stderr.trim().split('\n')).toEqual([
    expect.stringMatching(/^bellwether: not started: it runs already .*ERR_SDK_SECOND_START/),
  ]);
  expect(receiver.points('beside.done').map(({ value }) => value)).toEqual([1]);
  expect(receiver.points('http.server.request.duration').map(({ count }) => count)).toEqual([1]);
  expect(receiver.spans({ name: 'work' })).toHaveLength(1);
});

test('the same copy by two flags starts once, without a word', async () => {
  const receiver = await startOtlpReceiver();
  const program = await completeWithSdk(receiver, { file, imports: [preload, preload] });
  expect(program.stderr).toBe('');
  expect(receiver.points('beside.done').map(({ value }) => value)).toEqual([1]);
});

test("OpenTelemetry's SDK by --require: it stays in charge, and gets our meters too", async () => {
  const receiver = await startOtlpReceiver();
  const program = await completeWithSdk(receiver, { file, nodeArgs: vendor('vendor-node-sdk') });
  expect(program.stderr.trim().split('\n')).toEqual([
    expect.stringMatching(
      /^bellwether: not started: another OpenTelemetry SDK has registered trace, metrics, .*ERR_SDK_SECOND_START/,
    ),
  ]);
  for (const name of ['beside.done', 'beside.plain'])
    expect(receiver.points(name).map(({ value }) => value)).toEqual([1]);
  expect(receiver.spans({ name: 'work' })).toHaveLength(1);
  expect(receiver.points('http.server.request.duration')).toEqual([]);
});

test('a tracer that offers itself as that of OpenTelemetry stays in charge', async () => {
  const receiver = await startOtlpReceiver();
  const program = await completeWithSdk(receiver, { file, nodeArgs: vendor('vendor-tracer') });
  expect(program.stderr.trim().split('\n')).toEqual([
    expect.stringContaining('not started: another OpenTelemetry SDK has registered trace ('),
  ]);
  expect(receiver.requests).toEqual([]);
});

test('an older API that was used first is said, instead of silence', async () => {
  const receiver = await startOtlpReceiver();
  const program = await completeWithSdk(receiver, { file, nodeArgs: vendor('vendor-old-api') });
  expect(program.stderr.trim().split('\n')).toEqual([
    expect.stringMatching(/^bellwether: not started: .*1\.9\.0.*ERR_SDK_SECOND_START/),
  ]);
});

test('an agent with patches of its own: both count every request once', async () => {
  const receiver = await startOtlpReceiver();
  const program = await completeWithSdk(receiver, { file, nodeArgs: vendor('vendor-patches') });
  expect(program.stderr).toBe('');
  // Our exports are calls to it as well.
  expect(program.stdout).toMatch(/^vendor 1 \d+\n$/);
  for (const name of ['http.server.request.duration', 'http.client.request.duration'])
    expect(receiver.points(name).map(({ count }) => count)).toEqual([1]);
  expect(receiver.points('beside.done').map(({ value }) => value)).toEqual([1]);
});
