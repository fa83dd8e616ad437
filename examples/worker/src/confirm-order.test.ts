import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { orderConfirmation } from './confirm-order.ts';

/** A service that answers with one status after the other, and remembers what it was told. */
async function service(...statuses: readonly number[]) {
  const told: unknown[] = [];
  const server = createServer(async (request, response) => {
    told.push(await json(request));
    response.writeHead(statuses[told.length - 1] ?? 200).end('{"repeated":true}');
  }).listen(0, '127.0.0.1');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  await once(server, 'listening');
  return { told, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

const orderId = '0190f6a0-0000-7000-8000-000000000001';
const customerId = '0190f6a0-0000-7000-8000-000000000002';

test('a chat that was away is told when the job is tried again, with what it knows the order by', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'worker-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'token');
  writeFileSync(file, 'a token\n');
  const [notifications, chat] = [await service(201, 200), await service(503, 200)];
  const confirm = orderConfirmation({
    ...{ NOTIFICATIONS_URL: notifications.url, NOTIFICATIONS_TOKEN_FILE: file, CHAT_URL: chat.url },
    SERVICE_TOKEN: 'token of the services',
  } as Parameters<typeof orderConfirmation>[0]);
  const order = { orderId, customerId, currency: 'EUR', totalMinor: 1_000 };
  await expect(confirm(order)).rejects.toThrow('Expected the chat to take it, got 503');
  await confirm(order);
  expect(notifications.told).toEqual([order, order]);
  const said = { id: orderId, text: 'An order was paid' };
  expect(chat.told).toEqual([said, said]);
});
