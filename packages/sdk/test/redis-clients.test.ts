import { mkdtemp, rm } from 'node:fs/promises';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type OtlpReceiver, startOtlpReceiver, startRedis } from '@bellwether/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { completeWithSdk, nodes } from './run-with-sdk.ts';
import { underItsName } from './under-its-name.ts';

const DURATION = 'db.client.operation.duration';
const boundaries = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10];

let redis: Awaited<ReturnType<typeof startRedis>>;
let folder: string;
beforeAll(async () => {
  redis = await startRedis();
  folder = await mkdtemp(fileURLToPath(new URL('.ioredis-', import.meta.url)));
});
afterAll(async () => {
  await redis?.stop();
  await rm(folder, { recursive: true, force: true });
});

/** What each step of the scenario is: its name, then the operation, the database and the size of a batch. */
const steps: [step: string, name: string, namespace: string, batchSize?: number][] = [
  ['set', 'SET', '0'],
  ['tenant', 'GET', '0'],
  ['error', 'LPUSH', '0'],
  ['multi', 'MULTI', '0', 3],
  ['pipeline', 'PIPELINE', '0', 2],
  ['raw', 'STRLEN', '0'],
  ['select', 'SELECT', '0'],
  ['selected', 'EXISTS', '3'],
  ['closed', 'DEL', '3'],
];

const clients = ['redis4', 'redis50', 'redis5', 'redis', 'ioredis5', 'ioredis'];
const matrix = nodes.flatMap((node) =>
  clients.flatMap((client) =>
    ['mjs', 'cjs'].map((kind) => ({ node, nodeName: basename(node), client, kind })),
  ),
);

describe.each(matrix)('$nodeName $client by $kind', ({ node, client, kind }) => {
  // node-redis 4 refuses a command on a closed client before anyone can see it.
  const expected = steps.filter(([step]) => step !== 'closed' || client !== 'redis4');

  async function run(receiver: OtlpReceiver, env: Record<string, string> = {}) {
    const isIoredis = client.startsWith('ioredis');
    const file = `redis-calls.${kind}`;
    await completeWithSdk(receiver, {
      node,
      file: client === 'ioredis5' ? await underItsName(folder, 'ioredis5', 'ioredis', kind) : file,
      args: isIoredis ? ['ioredis', 'ioredis'] : [client, 'nodeRedis'],
      env: { REDIS_PORT: String(redis.port), ...env },
    });
  }

  const counts = (receiver: OtlpReceiver) =>
    receiver
      .points(DURATION)
      .filter(({ attributes }) => attributes['db.operation.name'] !== 'QUIT')
      .map(({ attributes, count }) => [attributes['db.operation.name'], count]);

  test('every call is one span under its caller and counts exactly 1', async () => {
    const receiver = await startOtlpReceiver();
    await run(receiver);
    const spans = receiver.spans();
    const callers = new Map(spans.map(({ spanId, name }) => [spanId, name]));
    const calls = receiver
      .spans({ kind: 'client' })
      .filter(({ attributes }) => attributes['db.operation.name'] !== 'QUIT');
    const called = calls.map(({ parentSpanId, attributes }) => [
      callers.get(parentSpanId ?? ''),
      attributes['db.operation.name'],
      attributes['db.namespace'],
      ...(attributes['db.operation.batch.size'] ? [attributes['db.operation.batch.size']] : []),
    ]);
    expect(called).toEqual(expected);
    for (const { attributes, name } of calls) {
      expect(attributes).toMatchObject({
        'db.system.name': 'redis',
        'server.address': '127.0.0.1',
        'server.port': redis.port,
      });
      expect(name).toBe(`${attributes['db.operation.name']} ${attributes['db.namespace']}`);
    }
    expect(counts(receiver)).toEqual(expected.map(([, name]) => [name, 1]));
    expect(calls.find(({ name }) => name === 'SET 0')?.attributes['db.query.text']).toBe('SET ? ?');
    expect(JSON.stringify(spans.map(({ attributes }) => attributes))).not.toContain('secret');

    const [failed] = calls.filter(({ name }) => name === 'LPUSH 0');
    expect(failed?.status.code).toBe('error');
    const failure = { 'error.type': 'WRONGTYPE', 'db.response.status_code': 'WRONGTYPE' };
    expect(failed?.attributes).toMatchObject(failure);
    expect(receiver.points(DURATION, failure)).toHaveLength(1);

    const [point] = receiver.points(DURATION, { 'tenant.id': 'acme' });
    expect(point).toMatchObject({ unit: 's', boundaries });
    expect(point?.attributes).toEqual({
      'db.system.name': 'redis',
      'db.operation.name': 'GET',
      'db.namespace': '0',
      'server.address': '127.0.0.1',
      'server.port': redis.port,
      'tenant.id': 'acme',
    });
    expect(receiver.points(DURATION, { 'tenant.id': 'acme' })).toHaveLength(1);
  });

  test('durations are there when nothing is sampled and when there are no traces', async () => {
    for (const env of [{ OTEL_TRACES_SAMPLER: 'always_off' }, { OTEL_TRACES_EXPORTER: 'none' }]) {
      const receiver = await startOtlpReceiver();
      await run(receiver, env);
      expect(receiver.spans()).toEqual([]);
      expect(counts(receiver)).toEqual(expected.map(([, name]) => [name, 1]));
      expect(receiver.points(DURATION, { 'tenant.id': 'acme' })).toHaveLength(1);
    }
  });
});

test('a copy of ioredis that cannot be patched is measured by its channels', async () => {
  const receiver = await startOtlpReceiver();
  await completeWithSdk(receiver, {
    file: 'redis-calls.mjs',
    args: ['ioredis5', 'ioredis'],
    env: { REDIS_PORT: String(redis.port) },
  });
  const counted = receiver
    .points(DURATION)
    .map(({ attributes, count }) => [attributes['db.operation.name'], count]);
  // The commands of a pipeline come one by one.
  expect(counted).toEqual(
    expect.arrayContaining([
      ['MULTI', 1],
      ['LPUSH', 1],
      ['STRLEN', 1],
    ]),
  );
  expect(counted).not.toContainEqual(['EXEC', 1]);
});
