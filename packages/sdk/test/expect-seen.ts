import { type MetricPoint, startOtlpReceiver } from '@bellwether/testkit';
import { expect } from 'vitest';
import type { Framework } from './frameworks.ts';
import { completeWithSdk } from './run-with-sdk.ts';

/** Runs the program of a framework, of this folder or `file`, and compares what came with what the framework's row says. */
export async function expectSeen(framework: Framework, file = framework.file): Promise<void> {
  const { env = {}, route, routeOfErrors, layers } = framework;
  const receiver = await startOtlpReceiver();
  const { stderr } = await completeWithSdk(receiver, { file, env, timeoutMs: 120_000 });
  expect(stderr).toBe('');

  const points = receiver.points('http.server.request.duration');
  expect(points.map(brief).sort()).toEqual(
    [
      `200 ${route} 2`,
      `404 undefined 1`,
      `500 ${routeOfErrors ? '/shop/throws' : undefined} 1`,
    ].sort(),
  );
  expect(new Set(points.map(({ attributes }) => attributes['tenant.id']))).toEqual(
    new Set(['acme']),
  );
  const active = receiver.points('http.server.active_requests');
  expect(active.every(({ value }) => value === 0)).toBe(true);

  const servers = receiver.spans({ kind: 'server' });
  expect(servers).toHaveLength(4);
  expect(servers.filter(({ name }) => name === (route ? `GET ${route}` : 'GET')).length).toBe(
    route ? 2 : 4,
  );
  for (const span of servers) expect(span.attributes['tenant.id']).toBe('acme');
  const clients = receiver.spans({ kind: 'client' });
  expect(new Set(servers.map(({ parentSpanId }) => parentSpanId))).toEqual(
    new Set(clients.map(({ spanId }) => spanId)),
  );
  expect(receiver.spans({ kind: 'internal' }).length > 0).toBe(layers);
}

function brief({ attributes, count }: MetricPoint): string {
  return `${attributes['http.response.status_code']} ${attributes['http.route']} ${count}`;
}
