import { basename } from 'node:path';
import {
  type OtlpReceiver,
  pollUntil,
  startOtlpReceiver,
  startPostgres,
} from '@bellwether/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { completeWithSdk, nodes, runWithSdk } from './run-with-sdk.ts';

const DURATION = 'db.client.operation.duration';
const COUNT = 'db.client.connection.count';

let postgres: Awaited<ReturnType<typeof startPostgres>>;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres?.stop());

const statements: [step: string, text: string][] = [
  ['promise', 'SELECT ? AS a'],
  ['parameters', 'SELECT $1::text'],
  ['object', 'VALUES (?)'],
  ['callback', 'SHOW port'],
  ['callback of an object', 'EXPLAIN SELECT ?'],
  ['query', 'BEGIN'],
  ['error', 'SELECT ?::int'],
  ['rollback', 'ROLLBACK'],
  ['closed', 'DELETE FROM t'],
  ['acme', 'SELECT pg_sleep(?)'],
  ['umbrella', 'SELECT pg_sleep(?)'],
  ['initech', 'SELECT pg_sleep(?)'],
];
const tenants = ['acme', 'umbrella', 'initech'];

const counted = (receiver: OtlpReceiver) =>
  receiver.points(DURATION).reduce((sum, { count }) => sum + (count ?? 0), 0);

const matrix = nodes.flatMap((node) =>
  ['pg-calls.mjs', 'pg-calls.cjs'].map((file) => ({ node, nodeName: basename(node), file })),
);

describe.each(matrix)('$nodeName $file', ({ node, file }) => {
  test('every statement is one span under its caller and counts exactly 1', async () => {
    const receiver = await startOtlpReceiver();
    const program = await completeWithSdk(receiver, {
      node,
      file,
      env: { DATABASE_URL: postgres.url },
    });
    const callers = new Map(receiver.spans().map(({ spanId, name }) => [spanId, name]));
    const spans = receiver.spans({ kind: 'client' });
    expect(
      spans.map(({ parentSpanId, attributes }) => [
        callers.get(parentSpanId ?? ''),
        attributes['db.query.text'],
      ]),
    ).toEqual(statements);
    expect(counted(receiver)).toBe(statements.length);
    expect(
      JSON.stringify(spans.map(({ attributes, status }) => [attributes, status])),
    ).not.toContain('secret');
    for (const { name, attributes } of spans) {
      expect(name).toBe(`${attributes['db.operation.name']} postgres`);
      expect(attributes).toMatchObject({
        'db.system.name': 'postgresql',
        'db.namespace': 'postgres',
        'server.address': '127.0.0.1',
        'server.port': postgres.port,
      });
    }
    const failure = { 'error.type': '22P02', 'db.response.status_code': '22P02' };
    expect(spans.find(({ attributes }) => attributes['error.type'] === '22P02')).toMatchObject({
      attributes: failure,
      status: { code: 'error' },
    });
    expect(receiver.points(DURATION, failure).map(({ count }) => count)).toEqual([1]);
    expect(program.stdout).toContain(`tenants: ${tenants}`);
  });

  test.each([
    ['nothing is sampled', { OTEL_TRACES_SAMPLER: 'always_off' }],
    ['there are no traces', { OTEL_TRACES_EXPORTER: 'none' }],
  ])('a statement that waited for a connection keeps its tenant when %s', async (_, env) => {
    const receiver = await startOtlpReceiver();
    const program = await completeWithSdk(receiver, {
      node,
      file,
      env: { DATABASE_URL: postgres.url, ...env },
    });
    expect(receiver.spans()).toEqual([]);
    expect(counted(receiver)).toBe(statements.length);
    for (const tenant of tenants) {
      const points = receiver.points(DURATION, { 'tenant.id': tenant });
      expect(points.map(({ count }) => count)).toEqual([1]);
    }
    expect(program.stdout).toContain(`tenants: ${tenants}`);
  });
});

test('the numbers of a pool are those of the pool, without a tenant', async () => {
  const receiver = await startOtlpReceiver();
  const program = runWithSdk(receiver, {
    file: 'pg-calls.mjs',
    env: { DATABASE_URL: postgres.url, HOLD: '1', OTEL_METRIC_EXPORT_INTERVAL: '100' },
  });
  await program.waitForLine(/^held$/);
  const pool = `127.0.0.1:${postgres.port}/postgres`;
  const numbers = () => ({
    used: receiver.points(COUNT, { 'db.client.connection.state': 'used' })[0]?.value,
    idle: receiver.points(COUNT, { 'db.client.connection.state': 'idle' })[0]?.value ?? 0,
    pending: receiver.points('db.client.connection.pending_requests')[0]?.value,
    max: receiver.points('db.client.connection.max')[0]?.value,
  });
  const wanted = { used: 1, idle: 0, pending: 1, max: 1 };
  await pollUntil(() => JSON.stringify(numbers()) === JSON.stringify(wanted), {
    message: JSON.stringify(wanted),
  });

  program.kill('SIGUSR2');
  expect(await program.exited).toEqual({ code: 0, signal: null });
  expect(numbers()).toEqual({ used: 0, idle: 0, pending: 0, max: 0 });
  const [wait, ...others] = receiver.points('db.client.connection.wait_time');
  expect(others).toEqual([]);
  expect(wait).toMatchObject({ unit: 's', count: 5 });
  for (const name of [COUNT, 'db.client.connection.wait_time']) {
    for (const { attributes } of receiver.points(name)) {
      expect(attributes['db.client.connection.pool.name']).toBe(pool);
      expect(attributes).not.toHaveProperty('tenant.id');
    }
  }
});
