import { startOtlpReceiver } from '@bellwether/testkit';
import { expect, test } from 'vitest';
import { completeWithSdk } from './run-with-sdk.ts';

test('start, second start, shutdown, start again', async () => {
  const receiver = await startOtlpReceiver();
  const program = await completeWithSdk(receiver, { file: 'sdk-start.mjs', imports: [] });
  expect(program.stdout).toBe('done\n');
  expect(program.stderr.trim().split('\n')).toEqual([
    expect.stringMatching(/^bellwether: not started: it runs already .*ERR_SDK_SECOND_START/),
  ]);
  expect(receiver.spans().map(({ name }) => name)).toEqual(['first', 'second']);
  const early = receiver.history('code.early').map(({ value }) => value);
  expect(early[0]).toBe(1);
  expect(
    receiver
      .history('code.late')
      .map(({ value }) => value)
      .at(-1),
  ).toBe(2);
  expect(receiver.points('code.early')[0]?.resource['service.name']).toBe('from-code');
  const instances = receiver.metrics().map(({ resource }) => resource['service.instance.id']);
  expect(new Set(instances).size).toBe(1);
});

test('nothing leaves after a shutdown', async () => {
  const receiver = await startOtlpReceiver();
  const program = await completeWithSdk(receiver, { file: 'sdk-after-end.mjs', imports: [] });
  expect([program.stdout, program.stderr]).toEqual(['done\n', '']);
  expect(receiver.history('end.calls').map(({ value }) => value)).toEqual([1]);
  expect([receiver.logs(), receiver.spans(), receiver.points('end.late')]).toEqual([[], [], []]);
});

test('the preload was there first', async () => {
  const receiver = await startOtlpReceiver();
  const program = await completeWithSdk(receiver, { file: 'sdk-start.mjs' });
  expect(program.stderr.trim().split('\n')).toHaveLength(3);
  expect(receiver.points('code.late')[0]?.value).toBe(2);
});

test("another vendor's SDK was there first", async () => {
  const receiver = await startOtlpReceiver();
  const program = await completeWithSdk(receiver, { file: 'sdk-foreign.mjs', imports: [] });
  expect(program.stderr.trim().split('\n')).toEqual([
    expect.stringContaining('not started: another OpenTelemetry SDK has registered metrics'),
  ]);
  expect(program.stdout).toMatch(/^false\nMeterProvider/);
  expect(receiver.requests).toEqual([]);
});
