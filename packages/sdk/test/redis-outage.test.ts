import { freePort, startOtlpReceiver } from '@bellwether/testkit';
import { expect, test } from 'vitest';
import { completeWithSdk } from './run-with-sdk.ts';

test('a command that no server took is counted with its error, and its promise behaves as before', async () => {
  const receiver = await startOtlpReceiver();
  const program = await completeWithSdk(receiver, {
    file: 'redis-outage.cjs',
    env: { REDIS_PORT: String(await freePort()) },
  });
  expect(program.stdout.trim().split('\n')).toEqual([
    'handled MaxRetriesPerRequestError',
    'handled Error',
    'unhandled MaxRetriesPerRequestError',
  ]);
  expect(
    receiver
      .points('db.client.operation.duration')
      .map(({ attributes, count }) => [
        attributes['db.operation.name'],
        attributes['error.type'],
        count,
      ]),
  ).toEqual([
    ['SET', 'MaxRetriesPerRequestError', 1],
    ['GET', 'ECONNREFUSED', 1],
    ['GET', 'MaxRetriesPerRequestError', 1],
  ]);
});
