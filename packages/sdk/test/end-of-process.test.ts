import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { freePort, pollUntil, runProgram, startOtlpReceiver } from '@bellwether/testkit';
import { describe, expect, test } from 'vitest';
import { runWithSdk } from './run-with-sdk.ts';

const file = 'sdk-end.mjs';

/** Way of the end: exit code, signal, and how often the work was recorded. */
const ends: [way: string, code: number | null, signal: string | null, times: number][] = [
  ['natural', 0, null, 1],
  ['exitCode', 4, null, 1],
  ['exit', 3, null, 1],
  ['exitInPromise', 3, null, 1],
  ['throw', 1, null, 1],
  ['throwText', 1, null, 1],
  ['reject', 1, null, 1],
  ['ownUncaught', 0, null, 1],
  ['SIGTERM', null, 'SIGTERM', 1],
  ['SIGINT', null, 'SIGINT', 1],
  ['signalExit', null, 'SIGTERM', 1],
  ['ownHandler', 7, null, 2],
  ['ownHandlerFirst', 7, null, 2],
  ['ownHandlerExits', 9, null, 2],
];

describe.each(ends)('%s', (way, code, signal, times) => {
  test('everything arrives; output and exit are those without us', async () => {
    const receiver = await startOtlpReceiver();
    const program = runWithSdk(receiver, { file, args: [way] });
    const bare = runProgram({
      file: fileURLToPath(new URL(`programs/${file}`, import.meta.url)),
      args: [way],
    });
    expect(await program.exited).toEqual({ code, signal });
    expect(await bare.exited).toEqual({ code, signal });
    expect(program.stderr).toBe(bare.stderr);
    expect(program.stdout).toBe(bare.stdout);
    expect(receiver.points('end.done').map(({ value }) => value)).toEqual([times]);
    expect(receiver.spans({ name: 'work' }).length).toBeGreaterThanOrEqual(times);
    expect(receiver.logs().length).toBeGreaterThanOrEqual(times);
  });

  test('a Collector that is down changes nothing and costs no time', async () => {
    const receiver = await startOtlpReceiver();
    const url = `http://127.0.0.1:${await freePort()}`;
    const program = runWithSdk(receiver, {
      file,
      args: [way],
      env: {
        OTEL_EXPORTER_OTLP_ENDPOINT: url,
        OTEL_LOG_LEVEL: 'none',
        BELLWETHER_FLUSH_TIMEOUT: '20000',
      },
    });
    const begin = performance.now();
    expect(await program.exited).toEqual({ code, signal });
    expect(performance.now() - begin).toBeLessThan(8_000);
  });

  test('a Collector that hangs is waited for no longer than the deadline', async () => {
    const hung = createServer(() => {}).listen(0, '127.0.0.1');
    await pollUntil(() => hung.listening);
    const { port } = hung.address() as { port: number };
    const receiver = await startOtlpReceiver();
    const program = runWithSdk(receiver, {
      file,
      args: [way],
      env: {
        OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`,
        BELLWETHER_FLUSH_TIMEOUT: '600',
      },
    });
    const begin = performance.now();
    expect(await program.exited).toEqual({ code, signal });
    expect(performance.now() - begin).toBeLessThan(8_000);
    hung.close();
  });
});

test('a handler of the application that stays is never overruled', async () => {
  const receiver = await startOtlpReceiver();
  const program = runWithSdk(receiver, { file, args: ['ownHandlerStays'] });
  await program.waitForLine(/own handler/);
  await receiver.waitForPoints('end.done');
  program.kill('SIGTERM');
  await pollUntil(() => program.stdout.split('own handler').length === 3);
  program.kill('SIGKILL');
  expect(await program.exited).toEqual({ code: null, signal: 'SIGKILL' });
});

test('a second signal ends it at once', async () => {
  const receiver = await startOtlpReceiver();
  receiver.failWith('hang');
  const program = runWithSdk(receiver, { file, args: ['SIGINT'] });
  await program.waitForLine(/ready/);
  await pollUntil(() => receiver.requests.length > 0);
  const begin = performance.now();
  program.kill('SIGTERM');
  expect(await program.exited).toEqual({ code: null, signal: 'SIGTERM' });
  expect(performance.now() - begin).toBeLessThan(1_900);
});

test('the default deadline is 2 s', async () => {
  const receiver = await startOtlpReceiver();
  receiver.failWith('hang');
  const program = runWithSdk(receiver, { file, args: ['SIGTERM'] });
  await program.waitForLine(/ready/);
  const begin = performance.now();
  expect(await program.exited).toEqual({ code: null, signal: 'SIGTERM' });
  const took = performance.now() - begin;
  expect(took).toBeGreaterThan(1_800);
  expect(took).toBeLessThan(8_000);
});
