import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { afterEach, expect, test } from 'vitest';
import { providerAnswers } from './payment-provider.ts';

const payment = { method: 'card', currency: 'EUR', amountMinor: 1_990, idempotencyKey: 'cart-1' };
const asked: unknown[] = [];
const server = createServer(async (request, response) => {
  asked.push({ key: request.headers['idempotency-key'], body: await json(request) });
  response.statusCode = request.url === '/full' ? 503 : 200;
  response.end();
});
const listening = new Promise<string>((resolve) => {
  server.listen(0, '127.0.0.1', () => {
    resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  });
});
afterEach(() => void server.close());

test('a provider over HTTP, one that refuses, one that is gone, and none', async () => {
  const address = await listening;
  expect(await providerAnswers(`${address}/`, payment, () => 0)).toBe(true);
  expect(await providerAnswers(`${address}/full`, payment, () => 0)).toBe(false);
  const { idempotencyKey: key, ...body } = payment;
  expect(asked).toEqual([
    { key, body },
    { key, body },
  ]);
  expect(await providerAnswers('http://127.0.0.1:9/', payment, () => 0)).toBe(false);
  expect(await providerAnswers(undefined, payment, () => 0)).toBe(true);
});
