import { pollUntil } from '@bellwether/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
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
