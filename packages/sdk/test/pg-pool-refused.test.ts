import { startOtlpReceiver } from '@bellwether/testkit';
import { expect, test } from 'vitest';
import { completeWithSdk } from './run-with-sdk.ts';

test.each([
  { how: 'stays', max: 3 },
  { how: 'end', max: 0 },
])('a pool without a server has no connections in use; then: $how', async ({ how, max }) => {
  const receiver = await startOtlpReceiver();
  await completeWithSdk(receiver, { file: 'pg-pool-refused.cjs', args: [how] });
  const values = (name: string) => receiver.points(name).map(({ value }) => value);
  expect(values('db.client.connection.count')).toEqual([0]);
  expect(values('db.client.connection.max')).toEqual([max]);
});
