import { runProgram, startOtlpReceiver, startPostgres, startRedis } from '@bellwether/testkit';
import { expect, test } from 'vitest';

test('after a second start of the SDK every call still counts exactly 1', async () => {
  const receiver = await startOtlpReceiver();
  const redis = await startRedis();
  const postgres = await startPostgres();
  const program = runProgram({
    file: new URL('programs/db-restart.mjs', import.meta.url).pathname,
    env: {
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
      REDIS_PORT: String(redis.port),
      DATABASE_URL: postgres.url,
      BELLWETHER_PREAMBLE: 'false',
    },
  });
  expect(await program.exited, program.stderr).toEqual({ code: 0, signal: null });
  const counts = receiver
    .points('db.client.operation.duration')
    .map(({ attributes, count }) => [attributes['db.operation.name'], count]);
  expect(counts).toEqual([
    ['SET', 1],
    ['PIPELINE', 1],
    ['GET', 1],
    ['SELECT', 1],
  ]);
  expect(receiver.spans({ kind: 'client' }).map(({ name }) => name)).toEqual([
    'SET 0',
    'PIPELINE 0',
    'GET 0',
    'SELECT postgres',
  ]);
});
