import { startOtlpReceiver } from '@bellwether/testkit';
import { expect, test } from 'vitest';
import { completeWithSdk } from './run-with-sdk.ts';

test('instruments of the plain API carry the tenant, within the budget', async () => {
  const receiver = await startOtlpReceiver();
  await completeWithSdk(receiver, {
    file: 'sdk-tenant.mjs',
    env: { BELLWETHER_TENANT_BUDGET: '3' },
  });
  const calls = receiver.points('upstream.calls');
  expect(calls.map(({ attributes, value }) => [attributes['tenant.id'], value])).toEqual([
    [undefined, 1],
    ['tenant-0', 1],
    ['tenant-1', 1],
    ['tenant-2', 1],
    ['__other__', 7],
  ]);
  const durations = receiver.points('upstream.duration');
  expect(durations).toHaveLength(4);
  expect(durations[0]?.boundaries).toEqual([1, 2]);
  expect(receiver.points('upstream.level').map(({ attributes }) => attributes)).toEqual([{}]);
});
