import { startOtlpReceiver, startRedis } from '@bellwether/testkit';
import { expect, test } from 'vitest';
import { completeWithSdk } from './run-with-sdk.ts';

test('the wait for a connection of a pool of node-redis is timed', async () => {
  const receiver = await startOtlpReceiver();
  const redis = await startRedis();
  const env = { REDIS_PORT: String(redis.port) };
  await completeWithSdk(receiver, { file: 'redis-pool.mjs', env });
  expect(receiver.points('db.client.connection.wait_time')).toMatchObject([
    { unit: 's', count: 2, attributes: { 'db.client.connection.pool.name': 'redis' } },
  ]);
  expect(receiver.points('db.client.operation.duration')).toMatchObject([
    { count: 2, attributes: { 'db.operation.name': 'GET' } },
  ]);
});
