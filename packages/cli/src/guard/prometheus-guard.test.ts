import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { prometheusGuard } from './prometheus-guard.ts';

let upstream: Server;
let guard: Server;
let seen: { method?: string; url?: string; authorization?: string; body: string }[];
const portOf = (server: Server) => (server.address() as AddressInfo).port;
const listening = (server: Server) =>
  new Promise<void>((done) => server.listen(0, '127.0.0.1', done));

beforeEach(async () => {
  seen = [];
  upstream = createServer(async (request, response) => {
    const { method, url, headers } = request;
    const { authorization } = headers;
    seen.push({ ...{ method, url, authorization }, body: await text(request) } as (typeof seen)[0]);
    response.writeHead(207, { 'x-from': 'upstream' }).end('answer');
  });
  await listening(upstream);
  guard = prometheusGuard({
    upstream: new URL(`http://127.0.0.1:${portOf(upstream)}`),
    token: 's3cret',
  });
  await listening(guard);
});
afterEach(() => {
  guard.close();
  guard.closeAllConnections();
  upstream.close();
  upstream.closeAllConnections();
});

/** fetch would tidy the path up. */
const statusOf = (path: string, authorization?: string) =>
  new Promise<number>((resolve, reject) => {
    const lines = [
      `POST ${path} HTTP/1.1`,
      'host: x',
      'connection: close',
      ...(authorization === undefined ? [] : [`authorization: ${authorization}`]),
      'content-length: 0',
    ];
    const socket = connect(portOf(guard), '127.0.0.1', () =>
      socket.write(`${lines.join('\r\n')}\r\n\r\n`),
    );
    let said = '';
    socket.setEncoding('utf8').on('data', (chunk: string) => {
      said += chunk;
    });
    socket.on('error', reject);
    socket.on('close', () => resolve(Number(said.split(' ')[1])));
  });

test('a question goes through with method, query and body, as the user admin', async () => {
  const answer = await fetch(`http://127.0.0.1:${portOf(guard)}/api/v1/query?time=1`, {
    method: 'POST',
    body: 'query=up',
  });
  expect([answer.status, answer.headers.get('x-from'), await answer.text()]).toEqual([
    ...[207, 'upstream', 'answer'],
  ]);
  const authorization = `Basic ${Buffer.from('admin:s3cret').toString('base64')}`;
  expect(seen).toEqual([
    { method: 'POST', url: '/api/v1/query?time=1', authorization, body: 'query=up' },
  ]);
});

test.each([
  '/api/v1/admin/tsdb/snapshot',
  '/api/v1/admin/tsdb/delete_series?match[]=up',
  '//api/v1/admin/tsdb/snapshot',
  '/api//v1///admin/tsdb/snapshot',
  '/api/v1/./admin/tsdb/snapshot',
  '/api/v1/x/../admin/tsdb/snapshot',
  '/api/v1/%61dmin/tsdb/snapshot',
  '/api/v1/x/%2e%2e/admin/tsdb/snapshot',
  '/api/v1%2fadmin/tsdb/snapshot',
  '/api/v1/ADMIN/tsdb/snapshot',
  '/prefix/api/v1/admin/tsdb/snapshot',
])('%s needs the token', async (path) => {
  expect(await statusOf(path)).toBe(401);
  expect(await statusOf(path, 'Bearer wrong')).toBe(401);
  expect(seen).toEqual([]);
  expect(await statusOf(path, 'Bearer s3cret')).toBe(207);
});

test.each(['/api/v1/label/admin/values', '/-/ready', '/api/v1/otlp/v1/metrics'])(
  '%s needs none',
  async (path) => expect(await statusOf(path)).toBe(207),
);

test('a Prometheus that is not there is said', async () => {
  upstream.close();
  upstream.closeAllConnections();
  expect(await statusOf('/-/ready')).toBe(502);
});
