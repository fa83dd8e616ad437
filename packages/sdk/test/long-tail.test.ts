import { startOtlpReceiver } from '@bellwether/testkit';
import { expect, test } from 'vitest';
import { completeWithSdk, nodes } from './run-with-sdk.ts';

test.each(nodes.flatMap((node) => ['sdk-koa.mjs', 'sdk-koa.cjs'].map((file) => ({ node, file }))))(
  '$node $file: upstream instruments what the application loads',
  async ({ node, file }) => {
    const receiver = await startOtlpReceiver();
    await completeWithSdk(receiver, { file, node });
    const [server] = receiver.spans({ kind: 'server' });
    const [layer, ...others] = receiver
      .spans()
      .filter(({ scope }) => scope.name === '@opentelemetry/instrumentation-koa');
    expect(others).toEqual([]);
    expect(layer?.traceId).toBe(server?.traceId);
    expect(receiver.logs().map(({ body }) => body)).toEqual(['greeting']);
    expect(receiver.logs()[0]?.traceId).toBe(server?.traceId);
  },
);

test('it can be disabled', async () => {
  const receiver = await startOtlpReceiver();
  await completeWithSdk(receiver, {
    file: 'sdk-koa.mjs',
    env: { OTEL_NODE_DISABLED_INSTRUMENTATIONS: 'koa' },
  });
  expect(receiver.spans({ kind: 'server' })).toHaveLength(1);
  expect(receiver.spans({ kind: 'internal' })).toEqual([]);
});

test('with a short list the rest is off', async () => {
  const receiver = await startOtlpReceiver();
  await completeWithSdk(receiver, {
    file: 'sdk-koa.cjs',
    env: { OTEL_NODE_ENABLED_INSTRUMENTATIONS: 'http,koa' },
  });
  const scopes = receiver.spans().map(({ scope }) => scope.name);
  expect(scopes).toContain('@opentelemetry/instrumentation-koa');
  expect(receiver.logs()).toEqual([]);
  expect(receiver.points('nodejs.eventloop.utilization')).toEqual([]);
});

test('only what is used is loaded', async () => {
  const receiver = await startOtlpReceiver();
  const program = await completeWithSdk(receiver, { file: 'sdk-loaded-packages.cjs' });
  const { packages } = JSON.parse(program.stdout) as { packages: string[] };
  const instrumentations = packages.filter((name) => name.includes('/instrumentation-'));
  expect(instrumentations).toEqual([]);
  expect(packages.filter((name) => name.includes('grpc'))).toEqual([]);
});

test('gRPC is loaded when it is asked for', async () => {
  const receiver = await startOtlpReceiver();
  const program = await completeWithSdk(receiver, {
    file: 'sdk-loaded-packages.cjs',
    env: {
      OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc',
      OTEL_LOG_LEVEL: 'none',
      BELLWETHER_FLUSH_TIMEOUT: '200',
    },
  });
  expect(program.stdout).toContain('grpc');
});
