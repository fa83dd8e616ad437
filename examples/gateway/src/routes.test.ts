import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { createService } from '@bellwether/example-service';
import { expect, onTestFinished, test } from 'vitest';
import { routes } from './routes.ts';

async function origin(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A gateway before a storefront that answers everything, with what the storefront was asked for. */
async function gateway({ auth }: { readonly auth?: string } = {}) {
  const asked: string[] = [];
  const storefront = await origin((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    response.setHeader('retry-after', '7').setHeader('x-powered-by', 'us').end('{"yes":true}');
  });
  const known = await origin((_request, response) => {
    response.setHeader('content-type', 'application/json').end('{"tenant":"acme"}');
  });
  const service = createService({ LOG_LEVEL: 'silent' });
  service.register(
    routes({
      ...{ AUTH_URL: auth ?? known, STOREFRONT_URL: storefront, SERVICE_TOKEN: 'a'.repeat(16) },
      ...{ GATEWAY_RATE_LIMIT: 1_000, PORT: 0, HOST: '127.0.0.1', LOG_LEVEL: 'silent' },
    } as Parameters<typeof routes>[0]),
  );
  await service.listen({ host: '127.0.0.1', port: 0 });
  onTestFinished(() => service.close());
  const { port } = service.server.address() as AddressInfo;
  return { asked, port, address: `http://127.0.0.1:${port}` };
}

/** As it stands on the wire: a client of HTTP would tidy the path up. */
async function rawGet(port: number, path: string): Promise<number> {
  const socket = connect(port, '127.0.0.1');
  socket.write(
    `GET ${path} HTTP/1.1\r\nHost: gateway\r\nX-Api-Key: key\r\nConnection: close\r\n\r\n`,
  );
  const chunks: Buffer[] = [];
  for await (const chunk of socket) chunks.push(chunk as Buffer);
  return Number(/^HTTP\/1\.1 (\d{3})/.exec(Buffer.concat(chunks).toString())?.[1]);
}

test.each([
  '/products/..\\admin',
  '/products/..\\admin\\faults',
  '/products/.\\..\\..\\health',
  '/products/%2e%2e',
  '/products/..',
  '/cart/items/%2E%2E',
  '/orders/%2e%2e/refund',
])('%s leads nowhere else than where the internet may go', async (path) => {
  const { asked, port } = await gateway();
  expect(await rawGet(port, path)).toBeGreaterThanOrEqual(400);
  expect(asked).toEqual([]);
});

test('a path that is encoded, and a query, go along as they are', async () => {
  const { asked, port } = await gateway();
  for (const path of ['/products/a%20b%2Fc?search=..%2f..&x=a\\b', '/products?category=tents']) {
    expect(await rawGet(port, path)).toBe(200);
  }
  expect(asked).toEqual([
    'GET /products/a%20b%2Fc?search=..%2f..&x=a\\b',
    'GET /products?category=tents',
  ]);
});

test('when to come again is passed on, and nothing else of how the storefront is made', async () => {
  const { address } = await gateway();
  const { headers } = await fetch(`${address}/products`, { headers: { 'x-api-key': 'key' } });
  expect(headers.get('retry-after')).toBe('7');
  expect(headers.get('x-powered-by')).toBeNull();
});

test('an auth service that is away is 503, to try again, and no fault of ours', async () => {
  const { asked, address } = await gateway({ auth: 'http://127.0.0.1:9' });
  const answer = await fetch(`${address}/products`, { headers: { 'x-api-key': 'key' } });
  expect(answer.status).toBe(503);
  expect(await answer.json()).toMatchObject({ error: { code: 'auth_failed' } });
  expect(asked).toEqual([]);
});
