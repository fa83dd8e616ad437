import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { runTraffic } from './run-traffic.ts';

const stops: Array<() => void> = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

async function listen(answer: (request: IncomingMessage, response: ServerResponse) => void) {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  stops.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const tenants = [
  { id: 'a', apiKey: 'key-a', currencies: ['EUR'] },
  { id: 'b', apiKey: 'key-b', currencies: ['USD'] },
];

test('counts per tenant what was answered, and tells refused credentials apart', async () => {
  const got: Record<string, number> = {};
  const target = await listen(({ headers }, response) => {
    const key = String(headers['x-api-key'] ?? 'none');
    got[key] = (got[key] ?? 0) + 1;
    response.writeHead(200).end('{"products":[]}');
  });
  const enough = new AbortController();
  let answers = 0;
  const load = { target, tenants, ratePerSecond: 400, durationSeconds: 60, seed: 3 };
  const summary = await runTraffic({
    ...load,
    signal: enough.signal,
    // So many, however long a busy machine takes for them.
    onAnswer: () => {
      answers += 1;
      if (answers === 200) enough.abort();
    },
  });
  expect(summary.tenants.a?.requests).toBe(got['key-a']);
  expect(summary.tenants.b?.requests).toBe(got['key-b']);
  const { a, b } = summary.tenants;
  expect((a?.rejected ?? 0) + (b?.rejected ?? 0)).toBe(got.none ?? 0);
  expect(summary.requests).toBeGreaterThanOrEqual(200);
  expect(a?.requests).toBeGreaterThan(b?.requests ?? 0);
});

test('what got no answer is not counted as a request', async () => {
  const target = await listen((request) => request.socket.destroy());
  const load = { target, tenants, ratePerSecond: 100, durationSeconds: 0.2 };
  const summary = await runTraffic(load);
  expect(summary.requests).toBe(0);
  expect(summary.unanswered).toBeGreaterThan(0);
});

test('other machines, no tenants and odd numbers are refused', async () => {
  const target = 'http://127.0.0.1:1';
  await expect(runTraffic({ target: 'http://10.0.0.1', tenants })).rejects.toThrow('this machine');
  await expect(runTraffic({ target, tenants: [] })).rejects.toThrow('at least one tenant');
  await expect(runTraffic({ target, tenants, ratePerSecond: 1e6 })).rejects.toThrow('got 1000000');
  await expect(runTraffic({ target, tenants, durationSeconds: Number.NaN })).rejects.toThrow('NaN');
});
