import { type MetricPoint, startOtlpReceiver } from '@bellwether/testkit';
import { expect, test } from 'vitest';
import { completeWithSdk } from './run-with-sdk.ts';

const file = 'fastify.mjs';
const routes = {
  '200 GET / acme': 1,
  '200 GET /users/:id acme': 2,
  '401 GET /users/:id acme': 1,
  '200 GET /api/v1/items/:item globex': 1,
  '201 POST /api/v1/items globex': 1,
  '200 GET /api/v1 globex': 1,
  '500 GET /throws acme': 1,
  '200 GET /files/* acme': 1,
  '404 GET undefined acme': 1,
};

const countsOf = (points: readonly MetricPoint[]) =>
  Object.fromEntries(
    points.map(({ attributes, count }) => [
      `${attributes['http.response.status_code']} ${attributes['http.request.method']} ${attributes['http.route']} ${attributes['tenant.id']}`,
      count,
    ]),
  );

test.each(['fastify', 'fastify4'])(
  '%s: every request counts once, under its route and tenant, in metrics and spans',
  async (version) => {
    const receiver = await startOtlpReceiver();
    await completeWithSdk(receiver, { file, env: { FASTIFY: version }, timeoutMs: 100_000 });
    expect(countsOf(receiver.points('http.server.request.duration'))).toEqual(routes);
    const spans = receiver.spans({ kind: 'server' });
    expect(spans.map(({ name }) => name).sort()).toEqual(
      [
        'GET /',
        'GET /users/:id',
        'GET /users/:id',
        'GET /users/:id',
        'GET /api/v1/items/:item',
        'POST /api/v1/items',
        'GET /api/v1',
        'GET /throws',
        'GET /files/*',
        'GET',
      ].sort(),
    );
    expect(new Set(spans.map(({ attributes }) => attributes['tenant.id']))).toEqual(
      new Set(['acme', 'globex']),
    );
  },
  120_000,
);

test('disabled, there are requests and no routes', async () => {
  const receiver = await startOtlpReceiver();
  await completeWithSdk(receiver, {
    file,
    env: { OTEL_NODE_DISABLED_INSTRUMENTATIONS: 'fastify' },
    timeoutMs: 100_000,
  });
  const points = receiver.points('http.server.request.duration');
  expect(points.some(({ attributes }) => 'http.route' in attributes)).toBe(false);
  expect(points.reduce((sum, { count }) => sum + (count ?? 0), 0)).toBe(10);
}, 120_000);
