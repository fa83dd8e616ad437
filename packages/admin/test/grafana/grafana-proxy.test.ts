import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request as httpRequest, type IncomingHttpHeaders, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { pollUntil } from '@bellwether/testkit';
import express from 'express';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createGrafanaKey, readGrafanaKey } from '../../src/grafana/grafana-key.ts';
import type { GrafanaProxyOptions } from '../../src/grafana/grafana-options.ts';
import { grafanaProxy } from '../../src/grafana/grafana-proxy.ts';
import type { Identity } from '../../src/identity.ts';
import { type GrafanaStandIn, startGrafanaStandIn } from './grafana-stand-in.ts';

const folder = mkdtempSync(join(tmpdir(), 'grafana-key-'));
const files = createGrafanaKey(folder);
let grafana: GrafanaStandIn;
let identity: Identity | undefined;
const servers: Server[] = [];

beforeAll(async () => {
  grafana = await startGrafanaStandIn(files.jwksFile);
});
beforeEach(() => {
  identity = { role: 'super-admin', user: 'ada@shop.example' };
  grafana.asked.length = 0;
  grafana.refused.length = 0;
  grafana.answer = undefined;
});
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});
afterAll(async () => {
  await grafana?.close();
  rmSync(folder, { recursive: true });
});

async function app(options: Partial<GrafanaProxyOptions> = {}): Promise<number> {
  const host = express();
  const key = readGrafanaKey(files.privateKeyFile);
  host.use(
    '/grafana',
    grafanaProxy({ url: grafana.url, key, authorize: () => identity, ...options }),
  );
  const server = host.listen(0, '127.0.0.1');
  servers.push(server);
  await pollUntil(() => server.listening);
  return (server.address() as AddressInfo).port;
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly code: string | undefined;
}

/** Not fetch: it corrects paths and headers before it sends them. */
function ask(
  port: number,
  path: string,
  { method = 'GET', headers = {}, body }: { method?: string; headers?: object; body?: string } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      { port, host: '127.0.0.1', path, method, headers: { ...headers }, agent: false },
      async (response) => {
        try {
          const answer = await text(response);
          const json = /^application\/json/.test(response.headers['content-type'] ?? '');
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: answer,
            code: json ? JSON.parse(answer).error?.code : undefined,
          });
        } catch (error) {
          reject(error);
        }
      },
    );
    request.once('error', reject);
    request.end(body);
  });
}

const fromHere = (port: number) => ({
  origin: `http://127.0.0.1:${port}`,
  'sec-fetch-site': 'same-origin',
});

describe('who gets through', () => {
  test('a super admin does, as who they are, with the role that was chosen', async () => {
    const port = await app({ role: 'Editor' });
    const { status, body } = await ask(port, '/grafana/d/slo?orgId=1&var-tenant=a%2Fb');
    expect({ status, body }).toEqual({ status: 200, body: 'Grafana' });
    expect(grafana.asked).toMatchObject([
      { url: '/grafana/d/slo?orgId=1&var-tenant=a%2Fb', user: 'ada@shop.example', role: 'Editor' },
    ]);
  });

  test('a tenant admin and nobody do not, nor anybody when it can not be found out', async () => {
    const port = await app();
    identity = { role: 'tenant-admin', tenant: 'acme', user: 'bo@acme.example' };
    expect(await ask(port, '/grafana/')).toMatchObject({
      status: 403,
      code: 'ERR_GRAFANA_FORBIDDEN',
    });
    identity = undefined;
    expect(await ask(port, '/grafana/')).toMatchObject({ status: 401, code: 'ERR_GRAFANA_NOBODY' });
    const broken = await app({ authorize: () => Promise.reject(new Error('Redis is away')) });
    expect(await ask(broken, '/grafana/')).toMatchObject({ status: 401 });
    expect(grafana.asked).toEqual([]);
  });

  test('the token is new, short-lived and signed by the key of the file', async () => {
    const port = await app({ tokenSeconds: 30 });
    await ask(port, '/grafana/');
    const token = `${grafana.asked[0]?.headers['x-jwt-assertion']}`;
    const { keys } = JSON.parse(readFileSync(files.jwksFile, 'utf8'));
    expect(decodeProtectedHeader(token)).toEqual({ alg: 'ES256', typ: 'JWT', kid: keys[0].kid });
    const { iat = 0, exp = 0, nbf } = decodeJwt(token);
    expect({ life: exp - iat, nbf }).toEqual({ life: 40, nbf: iat });
    // Some seconds may have gone by on the way back.
    expect(Math.abs(exp - 30 - Date.now() / 1_000)).toBeLessThan(60);
  });
});

describe('what a browser claims', () => {
  test('no header of identity, cookie or token reaches Grafana, however it is written', async () => {
    const port = await app();
    await ask(port, '/grafana/', {
      headers: {
        'X-WEBAUTH-USER': 'admin',
        'x-webauth-role': 'Admin',
        'X-Forwarded-User': 'admin',
        'X-Forwarded-For': '127.0.0.1',
        'X-Grafana-Id': 'forged',
        'X-Id-Token': 'forged',
        Authorization: 'Basic YWRtaW46YWRtaW4=',
        Cookie: 'shop-admin=secret; grafana_session=stolen',
        'X-JWT-Assertion': ['forged', 'twice'],
        x_jwt_assertion: 'forged',
        Forwarded: 'for=127.0.0.1',
        traceparent: '00-11111111111111111111111111111111-1111111111111111-01',
        'X-Dashboard-Uid': 'slo',
        'Accept-Language': 'de',
      },
    });
    const [{ rawHeaders = [], user } = {}] = grafana.asked;
    const names = rawHeaders
      .filter((_, index) => index % 2 === 0)
      .map((name) => name.toLowerCase());
    expect(names.sort()).toEqual(
      ['accept-language', 'connection', 'host', 'x-dashboard-uid', 'x-jwt-assertion'].sort(),
    );
    expect(user).toBe('ada@shop.example');
    expect(rawHeaders.join()).not.toMatch(/forged|stolen|secret|YWRt/);
  });

  test('Connection can not take a header away that we set', async () => {
    const port = await app();
    await ask(port, '/grafana/', { headers: { Connection: 'close, X-JWT-Assertion, Accept' } });
    expect(grafana.asked).toHaveLength(1);
  });

  test.each([
    '/grafana/../admin',
    '/grafana/%2e%2e/admin',
    '/grafana/a/..%2f..%2fadmin',
    '/grafana/%252e%252e/admin',
    '/grafana/a/..;x/b',
    '/grafana/a\\..\\b',
    '/grafana/a%5cb',
    '/grafana/a%0d%0aX-Evil:%201',
    '/grafana/?auth_token=eyJ',
    '/grafana/?a=1&AUTH_TOKEN=eyJ',
    '/grafana/?auth%5Ftoken=eyJ',
    '/grafana/%ff',
  ])('%s is refused', async (path) => {
    const port = await app();
    expect(await ask(port, path)).toMatchObject({ status: 400, code: 'ERR_GRAFANA_PATH' });
    expect(grafana.asked).toEqual([]);
  });

  test.each([
    ['another site', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }],
    ['a neighbouring port', { origin: 'http://127.0.0.1:1' }],
    ['nowhere', {}],
  ])('a change from %s is refused', async (_from, headers) => {
    const port = await app();
    const answer = await ask(port, '/grafana/api/dashboards/db', {
      method: 'POST',
      headers,
      body: '{}',
    });
    expect(answer).toMatchObject({ status: 403, code: 'ERR_GRAFANA_CSRF' });
    expect(grafana.asked).toEqual([]);
  });

  test('a WebSocket and a change to HTTP/2 are refused clearly', async () => {
    const port = await app();
    for (const upgrade of ['websocket', 'h2c']) {
      const answer = await ask(port, '/grafana/api/live/ws', {
        headers: { Connection: 'Upgrade', Upgrade: upgrade },
      });
      expect(answer).toMatchObject({ status: 501, code: 'ERR_GRAFANA_UPGRADE' });
    }
    expect((await ask(port, '/grafana/', { method: 'TRACE' })).status).toBe(405);
    expect(grafana.asked).toEqual([]);
  });
});

describe('bodies', () => {
  test('a question gets through whole, with its true length, however it came', async () => {
    const port = await app();
    const body = JSON.stringify({ queries: ['ü'.repeat(1_000)] });
    const headers = { ...fromHere(port), 'content-type': 'application/json' };
    await ask(port, '/grafana/api/ds/query', { method: 'POST', body, headers });
    const chunked = { ...headers, 'transfer-encoding': 'chunked' };
    await ask(port, '/grafana/api/ds/query', { method: 'POST', body, headers: chunked });
    for (const asked of grafana.asked) {
      expect(asked.body).toBe(body);
      expect(asked.headers['content-length']).toBe(String(Buffer.byteLength(body)));
      expect(asked.headers['transfer-encoding']).toBeUndefined();
    }
    expect(grafana.asked).toHaveLength(2);
  });

  test('one too large is refused, said or not', async () => {
    const port = await app({ maxBodyBytes: 2_000 });
    const body = 'x'.repeat(2_001);
    for (const how of [{}, { 'transfer-encoding': 'chunked' }]) {
      const headers = { ...fromHere(port), ...how };
      const answer = await ask(port, '/grafana/api/x', { method: 'POST', body, headers });
      expect(answer).toMatchObject({ status: 413, code: 'ERR_GRAFANA_TOO_LARGE' });
    }
    expect(grafana.asked).toEqual([]);
  });

  test.each([
    [
      'both lengths',
      'Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /grafana/smuggled HTTP/1.1\r\nHost: x\r\n\r\n',
    ],
    [
      'two lengths',
      'Content-Length: 0\r\nContent-Length: 40\r\n\r\nGET /grafana/smuggled HTTP/1.1\r\nHost: x\r\n\r\n',
    ],
    [
      'an unknown coding',
      'Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\nGET /grafana/smuggled HTTP/1.1\r\nHost: x\r\n\r\n',
    ],
  ])('a request with %s smuggles nothing', async (_what, rest) => {
    const port = await app();
    const socket = connect(port, '127.0.0.1');
    socket.write(
      `POST /grafana/api/x HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nOrigin: http://127.0.0.1:${port}\r\n${rest}`,
    );
    expect(await text(socket)).toMatch(/^HTTP\/1.1 400/);
    expect(grafana.asked).toEqual([]);
  });

  test('a body that was read before is a fault that is said', async () => {
    const host = express();
    const key = readGrafanaKey(files.privateKeyFile);
    const proxy = grafanaProxy({ url: grafana.url, key, authorize: () => identity });
    host.use(express.json(), (request, response, next) => proxy(request, response, next));
    const server = host.listen(0, '127.0.0.1');
    servers.push(server);
    await pollUntil(() => server.listening);
    const { port } = server.address() as AddressInfo;
    const headers = { ...fromHere(port), 'content-type': 'application/json' };
    const answer = await ask(port, '/api/x', { method: 'POST', body: '{}', headers });
    expect(answer).toMatchObject({ status: 500, code: 'ERR_GRAFANA_BODY' });
  });
});

describe('what Grafana answers', () => {
  test('its content gets through, its cookies and the headers of its connection do not', async () => {
    grafana.answer = (_request, response) => {
      response.writeHead(201, {
        'content-type': 'text/html',
        'cache-control': 'no-store',
        'set-cookie': ['grafana_session=1; Path=/', 'shop-admin=stolen; Path=/'],
        'content-security-policy': "script-src 'self'",
        'x-frame-options': 'deny',
        'access-control-allow-origin': '*',
        'service-worker-allowed': '/',
        'clear-site-data': '"cookies"',
        refresh: '0; url=https://evil.example',
        'keep-alive': 'timeout=99',
        server: 'Grafana',
      });
      response.end('<p>');
    };
    const port = await app();
    const { status, headers, body } = await ask(port, '/grafana/');
    expect({ status, body }).toEqual({ status: 201, body: '<p>' });
    const { date: _date, 'keep-alive': _keepAlive, connection: _connection, ...rest } = headers;
    expect(rest).toEqual({
      'x-powered-by': 'Express',
      'content-type': 'text/html',
      'cache-control': 'no-store',
      'content-security-policy': "script-src 'self', frame-ancestors 'self'",
      'x-frame-options': 'SAMEORIGIN',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
      'transfer-encoding': 'chunked',
    });
  });

  test.each([
    ['/grafana/login', '/grafana/login'],
    ['/d/slo?x=1#y', '/grafana/d/slo?x=1#y'],
    ['login', '/grafana/login'],
    ['UPSTREAM/grafana/d/slo', '/grafana/d/slo'],
    ['UPSTREAM//evil.example/x', '/grafana//evil.example/x'],
    ['http://HERE/grafana/d/slo', '/grafana/d/slo'],
  ])('a redirect to %s goes to %s', async (location, expected) => {
    const port = await app();
    const to = location.replace('UPSTREAM', grafana.url).replace('HERE', `127.0.0.1:${port}`);
    grafana.answer = (_request, response) => response.writeHead(302, { location: to }).end();
    expect(await ask(port, '/grafana/')).toMatchObject({
      status: 302,
      headers: { location: expected },
    });
  });

  test.each([
    'https://evil.example/',
    '//evil.example/',
    'javascript:alert(1)',
    '\\\\evil.example',
  ])('a redirect to %s is none', async (location) => {
    const port = await app();
    grafana.answer = (_request, response) => response.writeHead(302, { location }).end();
    expect(await ask(port, '/grafana/')).toMatchObject({
      status: 502,
      code: 'ERR_GRAFANA_REDIRECT',
    });
  });

  test('one that is away, slow or stops half-way has a word each', async () => {
    const away = await app({ url: 'http://127.0.0.1:1' });
    expect(await ask(away, '/grafana/')).toMatchObject({ status: 503, code: 'ERR_GRAFANA_DOWN' });
    const slow = await app({ timeoutMs: 150 });
    grafana.answer = () => undefined;
    expect(await ask(slow, '/grafana/')).toMatchObject({ status: 504, code: 'ERR_GRAFANA_SLOW' });
    grafana.answer = (_request, response) => {
      response.write('half');
      setImmediate(() => response.destroy());
    };
    await expect(ask(await app({}), '/grafana/')).rejects.toThrow(/aborted|hang up/);
  });

  test('so many at a time, then 503; what was given up makes room', async () => {
    const port = await app({ maxConcurrent: 2 });
    grafana.answer = () => undefined;
    const hanging = [1, 2].map(() =>
      httpRequest({ port, host: '127.0.0.1', path: '/grafana/', agent: false }),
    );
    for (const request of hanging) request.on('error', () => undefined).end();
    await pollUntil(() => grafana.asked.length === 2, { timeoutMs: 60_000 });
    const third = await ask(port, '/grafana/');
    expect(third).toMatchObject({
      status: 503,
      code: 'ERR_GRAFANA_BUSY',
      headers: { 'retry-after': '5' },
    });
    for (const request of hanging) request.destroy();
    grafana.answer = undefined;
    await pollUntil(async () => (await ask(port, '/grafana/')).status === 200, {
      timeoutMs: 60_000,
    });
  });
});

test('options that can not work are all named', () => {
  const wrong = {
    url: 'ftp://x',
    path: 'grafana/',
    tokenSeconds: 0,
  } as unknown as GrafanaProxyOptions;
  expect(() => grafanaProxy(wrong)).toThrow(
    /url.*key.*authorize.*path.*|tokenSeconds.*ERR_GRAFANA_OPTION/s,
  );
});
