import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createService } from '@bellwether/example-service';
import { expect, onTestFinished, test } from 'vitest';
import { accountRoutes } from './account-routes.ts';

test('who has registered is told so, also while the users service is away', async () => {
  const server = createServer((_request, response) => {
    response.writeHead(201).end('{"id":"1","name":"A customer"}');
  }).listen(0, '127.0.0.1');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const keys = { tenantOf: () => 'acme' };
  const tokens = { issue: async () => '', find: async () => undefined };
  const service = createService({ LOG_LEVEL: 'silent' });
  service.register(
    accountRoutes({ keys, tokens }, {
      STOREFRONT_URL: `http://127.0.0.1:${port}`,
      USERS_URL: 'http://127.0.0.1:9',
      SERVICE_TOKEN: 'token of the services',
    } as Parameters<typeof accountRoutes>[1]),
  );
  onTestFinished(() => service.close());
  const answer = await service.inject({
    method: 'POST',
    url: '/register',
    headers: { 'x-api-key': 'key' },
    payload: { email: 'a@example.com', name: 'A customer', password: 'correct horse battery' },
  });
  expect(answer.statusCode).toBe(201);
  expect(answer.json()).toEqual({ id: '1', name: 'A customer' });
});
