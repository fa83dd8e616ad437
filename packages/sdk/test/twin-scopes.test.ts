import { startOtlpReceiver } from '@bellwether/testkit';
import { expect, test } from 'vitest';
import { completeWithSdk } from './run-with-sdk.ts';

test('no two points of one metric have equal attributes, whatever the scope', async () => {
  const receiver = await startOtlpReceiver();
  const { stderr } = await completeWithSdk(receiver, { file: 'twin-scopes.mjs' });
  expect(stderr).toContain('orders.placed is defined in the scopes shop and billing');
  const points = receiver.points('orders.placed');
  expect(points.map(({ value, attributes }) => [value, attributes])).toEqual([
    [3, { status: 'paid' }],
    [5, { status: 'paid', 'otel.scope.name': 'billing' }],
  ]);
});
