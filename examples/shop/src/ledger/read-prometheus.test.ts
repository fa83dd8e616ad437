import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { readPrometheus } from './read-prometheus.ts';

const stops: Array<() => void> = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

/** Answers each query with what `answer` says; remembers the queries. */
async function fakePrometheus(answer: (query: string) => { status?: number; body: string }) {
  const queries: string[] = [];
  const server = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray()).toString();
    const query = new URLSearchParams(body).get('query') ?? '';
    queries.push(query);
    const { status = 200, body: text } = answer(query);
    response.writeHead(status).end(text);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  stops.push(() => server.close());
  return { queries, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

const vector = (...result: unknown[]) => ({
  body: JSON.stringify({ status: 'success', data: { resultType: 'vector', result } }),
});

test('tenant and labels are told apart; no tenant and zero are left out', async () => {
  const { url } = await fakePrometheus((query) =>
    query.includes('commerce_orders_total')
      ? vector(
          { metric: { tenant_id: 'acme', status: 'paid', currency: 'EUR' }, value: [1, '3'] },
          { metric: { tenant_id: 'acme', status: 'paid', currency: 'USD' }, value: [1, '0'] },
          { metric: { status: 'paid', currency: 'EUR' }, value: [1, '9'] },
        )
      : vector(),
  );
  expect(await readPrometheus(url)).toEqual([
    { measure: 'orders', tenant: 'acme', labels: { status: 'paid', currency: 'EUR' }, value: 3 },
  ]);
});

test('only processes that reported since then are asked for', async () => {
  const { url, queries } = await fakePrometheus(() => vector());
  await readPrometheus(url, { since: new Date(Date.now() - 61_500) });
  expect(queries.length).toBeGreaterThan(5);
  for (const query of queries) expect(query).toMatch(/\[6[2-4]s\]/);
});

test('an error of Prometheus is passed on with its query', async () => {
  const { url } = await fakePrometheus(() => ({ status: 422, body: 'too many samples' }));
  await expect(readPrometheus(url)).rejects.toThrow(/last_over_time.*422 too many samples/s);
});

test('what is no answer of Prometheus is refused', async () => {
  const { url } = await fakePrometheus(() => ({ body: '{"status":"success","data":{}}' }));
  await expect(readPrometheus(url)).rejects.toThrow(/resultType/);
});
