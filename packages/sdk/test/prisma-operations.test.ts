import { execFile } from 'node:child_process';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import {
  type OtlpReceiver,
  type ReceivedSpan,
  startOtlpReceiver,
  startPostgres,
} from '@bellwether/testkit';
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

/** What differs from the spans of @prisma/instrumentation on purpose, each with its reason. */
const differentAttributes: Record<string, string> = {
  'tenant.id': 'Ours alone.',
  'error.type': 'Theirs does not say that an operation failed.',
  'db.query.text': 'Ours never shows a literal.',
};

/** Each span of Prisma with those above it, less those of the driver. */
function treeOf(receiver: OtlpReceiver): string[] {
  const spans = receiver.spans();
  const all = new Map(spans.map((span) => [span.spanId, span]));
  const pathOf = ({ name, parentSpanId }: ReceivedSpan): string => {
    const parent = all.get(parentSpanId ?? '');
    return parent === undefined ? name : `${pathOf(parent)} > ${name}`;
  };
  return spans
    .filter(({ name }) => name.startsWith('prisma:'))
    .map((span) => {
      const same = Object.entries(span.attributes).filter(([key]) => !(key in differentAttributes));
      return `${span.scope?.name} ${pathOf(span)} ${JSON.stringify(same.sort())}`;
    })
    .sort();
}

test('the same spans as with @prisma/instrumentation under the preload of OpenTelemetry', async () => {
  const [ours, stock] = [await startOtlpReceiver(), await startOtlpReceiver()];
  const file = 'prisma/calls.cjs';
  const env = { DATABASE_URL: postgres.url };
  await completeWithSdk(ours, { nodeArgs, file, env });
  await completeWithSdk(stock, {
    file,
    imports: [],
    nodeArgs: [
      ...nodeArgs,
      '--require',
      '@opentelemetry/auto-instrumentations-node/register',
      '--require',
      './test/programs/prisma/spans-of-prisma.cjs',
    ],
    env: {
      ...env,
      OTEL_NODE_ENABLED_INSTRUMENTATIONS: 'pg',
      OTEL_NODE_RESOURCE_DETECTORS: 'none',
    },
  });
  expect(treeOf(ours).length).toBeGreaterThan(operations.length);
  expect(treeOf(ours)).toEqual(treeOf(stock));
});

test('without Prisma nothing of it is loaded', async () => {
  const receiver = await startOtlpReceiver();
  const program = await completeWithSdk(receiver, { file: 'prisma/none.cjs' });
  expect(program.stdout).toBe('[]\n');
});
