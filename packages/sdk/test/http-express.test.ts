import { basename, join } from 'node:path';
import { type MetricPoint, type OtlpReceiver, startOtlpReceiver } from '@bellwether/testkit';
import { afterAll, describe, expect, test } from 'vitest';
import { expressFourFolder } from './express-four.ts';
import { completeWithSdk, nodes } from './run-with-sdk.ts';

const expected = {
  '200 GET /': 1,
  '200 GET /users/:id': 2,
  '200 GET /a,/b': 2,
  '200 GET /^\\/digits\\d+$/': 1,
  '200 GET /async/:id': 1,
  '500 GET /throws': 1,
  '403 GET /refuses': 1,
  '200 GET /logs-after/:id': 1,
  '404 GET undefined': 2,
  '200 GET /t/:tenant': 1,
  '200 GET /t/:tenant/things/:id': 1,
  '201 POST /t/:tenant/deep/notes': 1,
  '201 POST /again/notes': 1,
  '200 GET /api/:version/items/:id': 1,
  '200 GET /admin/reports/:name': 1,
};

const traces = {
  on: {},
  'sampled at 0': { OTEL_TRACES_SAMPLER: 'always_off' },
  off: { OTEL_TRACES_EXPORTER: 'none' },
};

const files = ['http-express.mjs', 'http-express.cjs'];
const four = expressFourFolder(files);
afterAll(four.remove);

const matrix = nodes.flatMap((node) =>
  files.flatMap((file) =>
    ['Express 4', 'Express 5'].flatMap((express) =>
      (Object.keys(traces) as (keyof typeof traces)[]).map((trace) => ({
        node,
        file,
        express,
        trace,
        nodeName: basename(node),
      })),
    ),
  ),
);

describe.each(matrix)('$nodeName $file with $express, traces $trace', (run) => {
  test('every request counts once, under its route and tenant', async () => {
    const receiver = await startOtlpReceiver();
    await completeWithSdk(receiver, {
      file: run.express === 'Express 4' ? join(four.path, run.file) : run.file,
      node: run.node,
      env: traces[run.trace],
    });
    const points = receiver.points('http.server.request.duration');
    expect(countsOf(points)).toEqual(expected);
    expect(new Set(points.map(({ attributes }) => attributes['tenant.id']))).toEqual(
      new Set(['acme']),
    );
    const calls = receiver.points('http.client.request.duration');
    expect(calls.reduce((sum, { count }) => sum + (count ?? 0), 0)).toBe(18);
    const active = receiver.points('http.server.active_requests');
    expect(active.length).toBeGreaterThan(0);
    expect(active.every(({ value }) => value === 0)).toBe(true);
    if (run.trace === 'on') checkSpans(receiver);
    else expect(receiver.spans()).toEqual([]);
  });
});

test('BELLWETHER_EXPRESS_LAYERS brings spans of layers back, and the same routes', async () => {
  for (const file of files) {
    const receiver = await startOtlpReceiver();
    await completeWithSdk(receiver, { file, env: { BELLWETHER_EXPRESS_LAYERS: 'true' } });
    const layers = receiver.spans({ kind: 'internal' }).map(({ name }) => name);
    expect(layers).toContain('middleware - jsonParser');
    expect(layers.some((name) => name.startsWith('request handler'))).toBe(true);
    const counts = countsOf(receiver.points('http.server.request.duration'));
    expect(counts['200 GET /t/:tenant/things/:id']).toBe(1);
    expect(counts['200 GET /users/:id']).toBe(2);
    expect(receiver.spans({ kind: 'server' })).toHaveLength(18);
  }
});

test.each(['sdk-alias.mjs', 'sdk-alias.cjs'])('%s: an alias has routes too', async (file) => {
  const receiver = await startOtlpReceiver();
  await completeWithSdk(receiver, { file });
  expect(countsOf(receiver.points('http.server.request.duration'))).toEqual({
    '200 GET /users/:id': 1,
  });
});

function checkSpans(receiver: OtlpReceiver): void {
  const servers = receiver.spans({ kind: 'server' });
  expect(
    countBy(
      servers,
      ({ attributes, name }) => `${attributes['http.response.status_code']} ${name}`,
    ),
  ).toEqual(
    Object.fromEntries(
      Object.entries(expected).map(([key, count]) => [key.replace(' undefined', ''), count]),
    ),
  );
  const clients = new Map(receiver.spans({ kind: 'client' }).map((span) => [span.spanId, span]));
  expect(clients.size).toBe(servers.length);
  for (const span of servers) {
    expect(clients.get(span.parentSpanId ?? '')?.traceId).toBe(span.traceId);
    expect(span.attributes['tenant.id']).toBe('acme');
  }
}

function countsOf(points: readonly MetricPoint[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { attributes, count } of points) {
    const { 'http.response.status_code': status, 'http.request.method': method } = attributes;
    counts[`${status} ${method} ${attributes['http.route']}`] = count ?? 0;
  }
  return counts;
}

function countBy<T>(items: readonly T[], keyOf: (item: T) => string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const item of items) counts[keyOf(item)] = (counts[keyOf(item)] ?? 0) + 1;
  return counts;
}
