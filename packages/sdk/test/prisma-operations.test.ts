import { execFile } from 'node:child_process';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type OtlpReceiver, startOtlpReceiver, startPostgres } from '@bellwether/testkit';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { completeWithSdk, nodes } from './run-with-sdk.ts';

const OPERATION = 'prisma.client.operation.duration';
const STATEMENT = 'db.client.operation.duration';

let postgres: Awaited<ReturnType<typeof startPostgres>>;
beforeAll(async () => {
  postgres = await startPostgres();
  const client = new pg.Client({ connectionString: postgres.url });
  await client.connect();
  await client.query('CREATE TABLE "Item" (id serial PRIMARY KEY, name text UNIQUE NOT NULL)');
  await client.end();
  // Generating needs no schema engine, but the command would download one first unless told of a file.
  await promisify(execFile)('prisma', ['generate', '--no-hints', '--schema', 'schema.prisma'], {
    cwd: fileURLToPath(new URL('programs/prisma', import.meta.url)),
    env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath },
  });
});
afterAll(() => postgres?.stop());

const operations: [step: string, model: string | undefined, action: string, tenant?: string][] = [
  ['delete', 'Item', 'deleteMany'],
  ['create', 'Item', 'create'],
  ['tenant', 'Item', 'findMany', 'acme'],
  ['error', 'Item', 'create'],
  ['raw', undefined, 'queryRaw'],
  ['transaction', 'Item', 'count', 'umbrella'],
];

const series = (receiver: OtlpReceiver) =>
  receiver
    .points(OPERATION)
    .map(({ attributes, count }) => [
      attributes['prisma.model'],
      attributes['prisma.action'],
      attributes['tenant.id'],
      attributes['error.type'],
      count,
    ]);

const expected = operations.map(([step, model, action, tenant]) => [
  model,
  action,
  tenant,
  step === 'error' ? 'P2002' : undefined,
  1,
]);

const matrix = nodes.flatMap((node) =>
  ['prisma/calls.mjs', 'prisma/calls.cjs'].map((file) => ({
    node,
    nodeName: basename(node),
    file,
  })),
);

// The client of Prisma 7 is TypeScript; Node.js 22.15 takes it by a flag only.
const nodeArgs = ['--disable-warning=ExperimentalWarning', '--experimental-strip-types'];

describe.each(matrix)('$nodeName $file', ({ node, file }) => {
  test('an operation is a span and a duration, and its statements too', async () => {
    const receiver = await startOtlpReceiver();
    await completeWithSdk(receiver, {
      node,
      nodeArgs,
      file,
      env: { DATABASE_URL: postgres.url },
    });
    expect(series(receiver)).toEqual(expected);
    expect(receiver.points(OPERATION)[0]).toMatchObject({ unit: 's', kind: 'histogram' });

    const spans = receiver.spans();
    const callers = new Map(spans.map((span) => [span.spanId, span]));
    const called = receiver.spans({ name: 'prisma:client:operation' }).filter((span) => {
      return callers.get(span.parentSpanId ?? '')?.name !== 'prisma:client:transaction';
    });
    expect(called.map(({ parentSpanId }) => callers.get(parentSpanId ?? '')?.name)).toEqual(
      operations.map(([step]) => step).filter((step) => step !== 'transaction'),
    );
    const [failed, ...others] = spans.filter(
      ({ attributes }) => attributes['error.type'] === 'P2002',
    );
    expect(others).toEqual([]);
    expect(failed).toMatchObject({ name: 'prisma:client:operation', status: { code: 'error' } });
    expect(JSON.stringify(spans.map(({ attributes }) => attributes))).not.toContain('secret');

    // One client span a statement, of pg, below Prisma's.
    const statements = receiver.spans({ kind: 'client' });
    const tables = statements.map(({ parentSpanId }) => callers.get(parentSpanId ?? '')?.name);
    expect(tables).toContain('prisma:client:db_query');
    expect(statements.every(({ attributes }) => 'db.query.text' in attributes)).toBe(true);
    expect(receiver.points(STATEMENT, { 'tenant.id': 'acme' })).toMatchObject([
      { attributes: { 'db.operation.name': 'SELECT', 'db.system.name': 'postgresql' }, count: 1 },
    ]);
    expect(receiver.points(STATEMENT, { 'error.type': '23505' })).toHaveLength(1);
  });

  test.each([
    ['nothing is sampled', { OTEL_TRACES_SAMPLER: 'always_off' }],
    ['there are no traces', { OTEL_TRACES_EXPORTER: 'none' }],
  ])('durations are there when %s', async (_, env) => {
    const receiver = await startOtlpReceiver();
    await completeWithSdk(receiver, {
      node,
      nodeArgs,
      file,
      env: { DATABASE_URL: postgres.url, ...env },
    });
    expect(receiver.spans()).toEqual([]);
    expect(series(receiver)).toEqual(expected);
    expect(receiver.points(STATEMENT, { 'tenant.id': 'acme' })).toHaveLength(1);
  });
});

test('without Prisma nothing of it is loaded', async () => {
  const receiver = await startOtlpReceiver();
  const program = await completeWithSdk(receiver, { file: 'prisma/none.cjs' });
  expect(program.stdout).toBe('[]\n');
});
