import { once } from 'node:events';
import { request as httpRequest, type ServerResponse } from 'node:http';
import { pollUntil } from '@bellwether/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type MonitoringOptions, monitoring } from '../src/index.ts';
import { type AdminApp, adminOf, startAdminApp, superAdmin } from './support/admin-app.ts';
import { startHostileServer, vector } from './support/hostile-server.ts';

let prometheus: Awaited<ReturnType<typeof startHostileServer>>;
let app: AdminApp;
const errors: unknown[] = [];

beforeAll(async () => {
  prometheus = await startHostileServer(vector());
  app = await startAdminApp({
    prometheus: { url: prometheus.url },
    onError: (error) => errors.push(error),
  });
});
afterAll(() => Promise.all([app?.stop(), prometheus?.stop()]));

const PATHS = ['', 'assets/index.js', 'api/session', 'api/views', 'api/range/request-rate'];

test.each(PATHS)('nobody gets 401 at %s', async (path) => {
  const response = await app.ask(path);
  expect(response.status).toBe(401);
  expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(response.headers.get('cache-control')).toBe('no-store');
});

test.each([
  ['no user', { role: 'super-admin' }],
  ['an unknown role', { role: 'root', user: 'eve' }],
  ['a super admin of a tenant', { role: 'super-admin', user: 'eve', tenant: 'acme' }],
  ['no tenant', { role: 'tenant-admin', user: 'eve' }],
  ['an empty tenant', { role: 'tenant-admin', user: 'eve', tenant: '' }],
  ['all the rest as a tenant', { role: 'tenant-admin', user: 'eve', tenant: '__other__' }],
  ['a regular expression', { role: 'tenant-admin', user: 'eve', tenant: '.*' }],
  ['two tenants', { role: 'tenant-admin', user: 'eve', tenant: ['acme', 'globex'] }],
  ['script', { role: 'tenant-admin', user: 'eve', tenant: '<script>' }],
  ['true', true],
  ['a number', 7],
])('an identity that is none is nobody: %s', async (_name, identity) => {
  const response = await app.ask('api/session', JSON.stringify(identity));
  expect(response.status).toBe(403);
});

test('an app that fails to say who it is lets nobody in, and is told', async () => {
  const response = await app.ask('api/session', 'not json');
  expect(response.status).toBe(403);
  expect(await response.json()).toMatchObject({ error: { code: 'ERR_ADMIN_AUTHORIZE' } });
  expect(errors.at(-1)).toBeInstanceOf(SyntaxError);
});

test('a tenant can not name a tenant, not even its own', async () => {
  for (const tenant of ['globex', 'acme', '*']) {
    const response = await app.ask(`api/range/request-rate?tenant=${tenant}`, adminOf('acme'));
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: { code: 'ERR_ADMIN_TENANT' } });
  }
});

test.each([
  'api/range/request-rate?query=up',
  'api/range/request-rate?from=1&from=2',
  'api/range/request-rate?service[]=a',
  'api/range/request-rate?service=a%22%7D',
  'api/range/request-rate?service=a%0Ab',
  'api/range/request-rate?service=%5C',
  'api/range/request-rate?from=abc',
  'api/range/request-rate?from=1e9',
  'api/range/request-rate?from=0',
  'api/range/request-rate?step=0',
  'api/range/request-rate?step=0.001',
  `api/range/request-rate?service=${'a'.repeat(3_000)}`,
  'api/instant/request-rate?time=99999999999',
  'api/tenants?sort=__proto__',
  'api/tenants?limit=1000000',
  'api/audit?before=%27%3B--',
  'api/session?x=1',
  'api/range/%E0%A4%A',
])('%s is refused', async (path) => {
  const response = await app.ask(path, superAdmin);
  expect(response.status).toBe(400);
});

test.each([
  'api/range/nothing',
  'api/range/__proto__',
  'api/range/constructor',
  'api/range/up%7Btenant_id%3D~%22.*%22%7D',
  'api/range/orders',
  'api/v1/query?query=up',
  'api/range/..%2f..%2fapi%2fv1%2flabels',
  '..%2f..%2fpackage.json',
  'assets/..%2f..%2findex.js',
])('%s is not there', async (path) => {
  const response = await app.ask(path, superAdmin);
  expect([400, 404]).toContain(response.status);
});

test('only what can be changed can be posted to', async () => {
  const response = await app.ask('api/range/request-rate', superAdmin, { method: 'POST' });
  expect(response.status).toBe(405);
});

test('a tenant sees its views only, and no audit trail, no table of tenants, no silence', async () => {
  const of = async (as: typeof superAdmin) => {
    const response = await app.ask('api/views', as);
    const text = await response.text();
    expect(text).not.toMatch(/http_server_request|\b(sum|rate|increase)\(/);
    return (JSON.parse(text) as { views: { id: string }[] }).views.map(({ id }) => id);
  };
  expect(await of(superAdmin)).toEqual(
    'overview live services pipeline requests database business tenants alerts slo'.split(' '),
  );
  expect(await of(adminOf('acme'))).toEqual(
    'overview live services requests database business alerts slo'.split(' '),
  );
  const change = { method: 'POST', headers: { 'x-bellwether-admin': '1' } };
  for (const [path, init] of [['api/tenants'], ['api/audit'], ['api/silences', change]] as const)
    expect((await app.ask(path, adminOf('acme'), init)).status).toBe(403);
});

test('the page: a slash at the end, whatever is in front of it, and a word when it was not built', async () => {
  const without = await fetch(app.url.slice(0, -1), {
    redirect: 'manual',
    headers: { 'x-test-identity': JSON.stringify(superAdmin) },
  });
  expect(without.status).toBe(308);
  expect(without.headers.get('location')).toBe('./monitoring/');
  const bare = await startAdminApp({
    prometheus: { url: prometheus.url },
    pageFolder: '/nonexistent',
    signInUrl: '/sign-in',
  });
  const missing = await bare.ask('', superAdmin, { headers: { accept: 'text/html' } });
  expect(missing.status).toBe(503);
  expect(await missing.text()).toContain('ERR_ADMIN_PAGE');
  const nobody = await bare.ask('', undefined, { headers: { accept: 'text/html' } });
  expect([nobody.status, nobody.headers.get('location')]).toEqual([302, '/sign-in']);
  await bare.stop();
});

test('one user can not take every place', async () => {
  const waiting: ServerResponse[] = [];
  const slow = await startHostileServer((_request, response) => waiting.push(response));
  const few = await startAdminApp({
    prometheus: { url: slow.url },
    maxPerUser: 2,
    maxConcurrent: 3,
    maxQueued: 0,
    timeoutMs: 120_000,
  });
  const statuses: number[] = [];
  const asked = (
    [
      ['ada', 'request-rate'],
      ['ada', 'error-ratio'],
      ['ada', 'latency-p99'],
      ['bob', 'tenants-served'],
      ['eve', 'tenant-health'],
    ] as const
  ).map(async ([user, query]) => {
    const { status } = await few.ask(`api/instant/${query}`, { role: 'super-admin', user });
    statuses.push(status);
  });
  await pollUntil(() => waiting.length === 3 && statuses.length === 2, { timeoutMs: 60_000 });
  expect(statuses.toSorted()).toEqual([429, 503]);
  for (const response of waiting) response.writeHead(500).end();
  await Promise.all(asked);
  expect(statuses.slice(2)).toEqual([502, 502, 502]);
  const head = await few.ask('api/live', superAdmin, { method: 'HEAD' });
  expect(head.status).toBe(200);
  await Promise.all([few.stop(), slow.stop()]);
});

test('a header that is smuggled in twice names nobody', async () => {
  const status = await new Promise((resolve, reject) => {
    const { port } = new URL(app.origin);
    httpRequest(
      {
        port,
        path: '/admin/monitoring/api/session',
        headers: { 'x-test-identity': [JSON.stringify(superAdmin), 'null'] },
      },
      (response) => resolve(response.resume().statusCode),
    )
      .on('error', reject)
      .end();
  });
  expect(status).toBe(403);
});

test('options that can not work are said when the app starts, all of them', () => {
  const wrong = { prometheus: { url: 'file:///etc' }, timeoutMs: 1 } as unknown;
  expect(() => monitoring(wrong as MonitoringOptions)).toThrow(
    /prometheus\.url.*timeoutMs to be from 100 to 120000, got 1.*authorize.*ERR_ADMIN_OPTION|timeoutMs.*authorize.*prometheus\.url.*ERR_ADMIN_OPTION/,
  );
});

test('who leaves while the app looks up who they are holds no place for ever', async () => {
  const gates: (() => void)[] = [];
  const slow = await startAdminApp({
    prometheus: { url: prometheus.url },
    maxPerUser: 2,
    maxLive: 2,
    authorize: async (request) => {
      if (request.get('x-test-slow') === undefined) return superAdmin;
      const gone = once(request.socket, 'close');
      await new Promise<void>((open) => gates.push(open));
      await gone;
      return superAdmin;
    },
  });
  try {
    for (const path of ['api/live', 'api/live', 'api/views']) {
      const leave = new AbortController();
      const asked = gates.length;
      const request = slow.ask(path, undefined, {
        signal: leave.signal,
        headers: { 'x-test-slow': 'yes', connection: 'close' },
      });
      await pollUntil(() => gates.length > asked, { timeoutMs: 60_000 });
      leave.abort();
      await expect(request).rejects.toThrow();
      gates.at(-1)?.();
    }
    // The last of them may still be on its way through the router.
    const stop = new AbortController();
    for (const path of ['api/views', 'api/live']) {
      await pollUntil(
        async () => (await slow.ask(path, undefined, { signal: stop.signal })).status === 200,
        { message: `a place for ${path}`, timeoutMs: 60_000 },
      );
    }
    stop.abort();
  } finally {
    await slow.stop();
  }
});
