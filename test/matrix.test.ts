import { type OtlpReceiver, runProgram, startOtlpReceiver } from '@bellwether/testkit';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { consumerProject, copyPrograms, withExpress } from './support/consumer-project.ts';
import { nodeBinary, nodeVersions } from './support/node-binaries.ts';

const binaries = new Map<string, string>();
const folders = new Map<string, string>();
beforeAll(async () => {
  for (const version of nodeVersions) binaries.set(version, await nodeBinary(version));
  const project = await consumerProject();
  for (const express of ['express', 'express4']) {
    const folder = await withExpress(project, express);
    await copyPrograms(folder, ['matrix-app.mjs', 'matrix-app.cjs']);
    folders.set(express, folder);
  }
});

const tracing = {
  'traces on': {},
  'traces sampled at 0': { OTEL_TRACES_SAMPLER: 'always_off' },
  'traces off': { OTEL_TRACES_EXPORTER: 'none' },
} as const;

const receivers: OtlpReceiver[] = [];
afterAll(async () => {
  for (const receiver of receivers) await receiver.close();
});

const cells = nodeVersions.flatMap((version) =>
  (['mjs', 'cjs'] as const).flatMap((extension) =>
    (['express', 'express4'] as const).map((express) => ({ version, extension, express })),
  ),
);

describe.concurrent.each(cells)('Node $version, $extension, $express', (cell) => {
  const { version, extension, express } = cell;

  test.for(Object.entries(tracing))('%s', async ([traces, env], { expect }) => {
    const receiver = await startOtlpReceiver();
    receivers.push(receiver);
    const program = runProgram({
      node: binaries.get(version) ?? 'no binary',
      file: `matrix-app.${extension}`,
      cwd: folders.get(express) ?? 'no folder',
      imports: ['@bellwether/sdk/register'],
      timeoutMs: 60_000,
      env: {
        ...env,
        OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
        OTEL_SERVICE_NAME: 'matrix',
        BELLWETHER_PREAMBLE: 'false',
      },
    });
    const exit = await program.exited;
    expect({ ...exit, stderr: program.stderr }).toEqual({ code: 0, signal: null, stderr: '' });
    await receiver.close();

    const tenant = { 'tenant.id': 'acme' };
    const route = { 'http.route': '/orders/:id', 'http.response.status_code': 200 };
    expect(receiver.points('http.server.request.duration')).toMatchObject([
      { count: 1, unit: 's', attributes: { ...tenant, ...route } },
    ]);
    expect(receiver.points('http.client.request.duration')).toMatchObject([
      { count: 1, attributes: { 'http.request.method': 'GET' } },
    ]);
    const active = receiver.points('http.server.active_requests').map(({ value }) => value);
    expect(active).toContain(0);
    expect(active.filter((value) => value !== 0)).toEqual([]);
    expect(receiver.points('matrix.visits')).toMatchObject([{ value: 1, attributes: tenant }]);

    const [client] = receiver.spans({ kind: 'client' });
    const [server] = receiver.spans({ kind: 'server' });
    if (traces !== 'traces on') {
      expect(receiver.spans()).toEqual([]);
      return;
    }
    expect(client?.parentSpanId).toBeUndefined();
    expect(server).toMatchObject({
      name: 'GET /orders/:id',
      traceId: client?.traceId,
      parentSpanId: client?.spanId,
      attributes: { ...tenant, ...route },
    });
    expect(receiver.spans({ kind: 'client' })).toHaveLength(1);
    expect(receiver.spans({ kind: 'server' })).toHaveLength(1);
  });
});
