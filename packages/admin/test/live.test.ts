import { text } from 'node:stream/consumers';
import { pollUntil } from '@bellwether/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Catalog } from '../src/index.ts';
import { type AdminApp, startAdminApp, superAdmin } from './support/admin-app.ts';
import { startHostileServer, vector } from './support/hostile-server.ts';

let prometheus: Awaited<ReturnType<typeof startHostileServer>>;
let app: AdminApp;
let asked = 0;

beforeAll(async () => {
  prometheus = await startHostileServer((request, response) => {
    asked += 1;
    vector([{}, 42])(request, response);
  });
  app = await startAdminApp({
    prometheus: { url: prometheus.url },
    maxLive: 3,
    liveSeconds: 1,
  });
});
afterAll(() => Promise.all([app?.stop(), prometheus?.stop()]));

/** A stream, and what it has said so far. */
async function listen() {
  const stop = new AbortController();
  const response = await app.ask('api/live', superAdmin, { signal: stop.signal });
  const stream = { response, text: '', close: () => stop.abort() };
  const read = async () => {
    for await (const chunk of response.body ?? []) stream.text += Buffer.from(chunk).toString();
  };
  read().catch(() => {});
  return stream;
}

test('listeners of one scope share one question, and are told of a Prometheus that went away', async () => {
  const streams = await Promise.all([listen(), listen(), listen()]);
  for (const stream of streams) {
    expect(stream.response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    await pollUntil(() => stream.text.split('event: figures').length > 3, {
      message: 'three events',
      timeoutMs: 60_000,
    });
    expect(stream.text).toContain('"id":"live-request-rate"');
    expect(stream.text).toContain('"value":42');
  }
  const events = Math.max(...streams.map(({ text }) => text.split('event: figures').length));
  // Six figures an event, turns that were not read yet; three listeners on their own would have asked three times that.
  expect(asked).toBeLessThanOrEqual(6 * (events + 3));

  const one = await app.ask('api/live', superAdmin);
  expect(one.status).toBe(503);
  await one.body?.cancel();

  prometheus.answerWith((_request, response) => response.writeHead(500).end());
  await pollUntil(() => streams.every(({ text }) => text.includes('event: problem')), {
    timeoutMs: 60_000,
  });
  expect(streams[0]?.text).toContain('ERR_ADMIN_PROMETHEUS_FAILED');

  for (const { close } of streams) close();
  // Nobody listens: nobody asks, and there is room again.
  await pollUntil(async () => {
    const again = await listen();
    again.close();
    return again.response.status === 200;
  });
});

test('who looks at one route does not hear of another', async () => {
  const catalog: Catalog = {
    version: 1,
    queries: {
      requests: {
        ...{ title: 'Requests', description: 'A second.', unit: '{request}/s', ask: 'range' },
        all: 'sum(rate(requests_total{http_route=~"$route"}[$window]))',
      },
    },
    views: [
      {
        ...{ id: 'live', title: 'Live', description: 'Now.' },
        panels: [{ id: 'requests', query: 'requests', kind: 'stat' }],
      },
    ],
  };
  const routes = await startHostileServer(async (request, response) => {
    const query = new URLSearchParams(await text(request)).get('query') ?? '';
    vector([{}, query.includes('"/a"') ? 1 : 2])(request, response);
  });
  const own = await startAdminApp({ prometheus: { url: routes.url }, catalog, liveSeconds: 1 });
  const stop = new AbortController();
  const heard = async (route: string) => {
    const path = `api/live?route=${encodeURIComponent(route)}`;
    const { body } = await own.ask(path, superAdmin, { signal: stop.signal });
    let said = '';
    for await (const chunk of body ?? []) {
      said += Buffer.from(chunk).toString();
      if (said.includes('event: figures')) return said;
    }
    return said;
  };
  try {
    // The first goes on listening while the second comes.
    await own.ask('api/live?route=%2Fa', superAdmin, { signal: stop.signal });
    expect(await heard('/a')).toContain('"value":1');
    expect(await heard('/b')).toContain('"value":2');
  } finally {
    stop.abort();
    await Promise.all([own.stop(), routes.stop()]);
  }
});
