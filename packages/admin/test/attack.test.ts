import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { defaultCatalog } from '../src/catalog/default-catalog.ts';
import { type AdminApp, adminOf, startAdminApp, superAdmin } from './support/admin-app.ts';
import { attacks } from './support/attack/attacks.ts';
import { recordAttack } from './support/attack/record-attack.ts';
import { json, startHostileServer } from './support/hostile-server.ts';
import { prometheusWith } from './support/prometheus-with.ts';
import { type RealServer, startLabelProxy } from './support/real-server.ts';
import { seriesFor } from './support/series-for.ts';

vi.setConfig({ testTimeout: 240_000 });

/** What only globex has: words in labels and alerts, and figures that are far above those of acme. */
const SECRETS = /planted-globex|root:x:0|tsdb\.path/;
const LEAST_FIGURE = 5_000;
const LARGEST_FIGURE = 100_000_000;
const PACE = 1_000_003;

const servers: { stop(): Promise<void> }[] = [];
let app: AdminApp;
let prometheus: RealServer;

beforeAll(async () => {
  const globex = seriesFor(defaultCatalog, 'globex', PACE).map((one) => ({
    ...one,
    labels: { ...one.labels, http_route: '/planted-globex', instance: 'planted-globex' },
  }));
  prometheus = await prometheusWith([...seriesFor(defaultCatalog, 'acme', 1), ...globex]);
  const proxy = await startLabelProxy(prometheus.url);
  const alertmanager = await startHostileServer((request, response) =>
    json(200, request.url?.includes('silences') ? [silence] : [alert])(request, response),
  );
  servers.push(prometheus, proxy, alertmanager);
  app = await startAdminApp({
    prometheus: { url: prometheus.url },
    tenantPrometheus: { url: proxy.url },
    alertmanager: { url: alertmanager.url },
    cacheSeconds: 0,
    timeoutMs: 20_000,
  });
});
afterAll(() => Promise.all([app?.stop(), ...servers.map((one) => one.stop())]));

const times = {
  startsAt: '2026-11-21T08:00:00Z',
  endsAt: '2126-11-21T08:00:00Z',
  updatedAt: '2026-11-21T08:00:00Z',
};
const alert = {
  ...times,
  fingerprint: 'a1',
  labels: { alertname: 'planted-globex', tenant_id: 'globex', severity: 'critical' },
  annotations: { summary: 'planted-globex' },
  status: { state: 'active', silencedBy: [], inhibitedBy: [], mutedBy: [] },
  receivers: [],
  generatorURL: '',
};
const silence = {
  ...times,
  id: 's1',
  status: { state: 'active' },
  createdBy: 'planted-globex',
  comment: 'planted-globex',
  matchers: [{ name: 'tenant_id', value: 'globex', isRegex: false, isEqual: true }],
};

/** What of the other tenant is in an answer. */
function leakIn(text: string): string | undefined {
  const word = SECRETS.exec(text)?.[0];
  if (word !== undefined) return word;
  if (!text.startsWith('{')) return undefined;
  return [...text.matchAll(/(?<![\w.])\d+(?:\.\d+)?(?:e[+-]?\d+)?(?![\w.])/g)]
    .map(([number]) => number)
    .find((number) => Number(number) >= LEAST_FIGURE && Number(number) < LARGEST_FIGURE);
}

test('what is planted is there to be found', async () => {
  const answer = async (path: string, as = adminOf('globex')) => (await app.ask(path, as)).text();
  expect(leakIn(await answer('api/instant/request-rate'))).toBeDefined();
  expect(leakIn(await answer('api/alerts', superAdmin))).toBe('planted-globex');
  expect(await (await fetch(`${prometheus.url}/api/v1/label/instance/values`)).text()).toMatch(
    SECRETS,
  );
});

test('there are enough of them', () => {
  expect(attacks.length).toBeGreaterThanOrEqual(60);
  expect(new Set(attacks.map(({ what }) => what)).size).toBe(attacks.length);
});

test.each(attacks)('$what', async (attack) => {
  const { kind, what, as, path, method = 'GET', headers = {}, body } = attack;
  const stop = AbortSignal.timeout(1_500);
  let status = 0;
  let text = '';
  try {
    const response = await app.ask(path, as, {
      method,
      headers,
      signal: stop,
      ...(body !== undefined && { body }),
    });
    status = response.status;
    text = JSON.stringify([...response.headers]);
    const decoder = new TextDecoder();
    text = '';
    for await (const chunk of response.body ?? []) text += decoder.decode(chunk, { stream: true });
  } catch (error) {
    // A stream of events has no end of its own; headers that HTTP refuses never left.
    if (!stop.aborted && !/invalid/i.test(String((error as Error).cause ?? error))) throw error;
  }
  const code = /"code":"(\w+)"/.exec(text)?.[1] ?? '';
  const leak = leakIn(text);
  recordAttack({ kind, what, status, code, bytes: text.length, leak });
  expect(leak).toBeUndefined();
  expect(status, text.slice(0, 300)).toBeLessThan(500);
  expect(text).not.toMatch(/\bat \w+.*\(.*:\d+:\d+\)|node_modules/);
  // It lives, and knows who is who.
  const session = await app.ask('api/session', adminOf('acme'));
  expect(await session.json()).toMatchObject({ role: 'tenant-admin', tenant: 'acme' });
});

const raw: readonly (readonly [what: string, bytes: string])[] = [
  ['two lengths', 'Content-Length: 5\r\nContent-Length: 6\r\n\r\nGET /'],
  [
    'a length and chunks',
    'Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /admin/monitoring/api/tenants HTTP/1.1\r\n\r\n',
  ],
  ['chunks in disguise', 'Transfer-Encoding: xchunked\r\nContent-Length: 0\r\n\r\n'],
  [
    'a header that is folded',
    'X-Test-Identity:\r\n {"role":"super-admin","user":"x"}\r\nContent-Length: 0\r\n\r\n',
  ],
  ['a line end of one character', 'A: b\nX-Tenant: globex\n\n'],
  ['a target in full', ''],
];

test.each(raw)('smuggled: %s', async (what, bytes) => {
  const { port, pathname } = new URL(app.url);
  const target = bytes === '' ? 'http://prometheus:9090/api/v1/labels' : `${pathname}api/tenants`;
  const socket = connect(Number(port), '127.0.0.1');
  let answer = '';
  socket.setEncoding('utf8').on('data', (text) => {
    answer += text;
  });
  socket.on('error', () => {});
  socket.end(`POST ${target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${bytes || '\r\n'}`);
  await new Promise((resolve) => socket.on('close', resolve));
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? 0);
  recordAttack({
    ...{ kind: 'framing', what, status, code: /"code":"(\w+)"/.exec(answer)?.[1] ?? '' },
    ...{ bytes: answer.length, leak: leakIn(answer) },
  });
  expect(answer).not.toMatch(SECRETS);
  expect(answer).not.toMatch(/^HTTP\/1\.1 (?:2|5)/m);
  expect((await app.ask('api/session', adminOf('acme'))).status).toBe(200);
});

test('a hundred slow senders keep nobody from an answer', async () => {
  const { port } = new URL(app.url);
  const sockets = Array.from({ length: 100 }, () => {
    const socket = connect(Number(port), '127.0.0.1');
    socket.on('error', () => {});
    socket.write('GET /admin/monitoring/api/session HTTP/1.1\r\nHost: x\r\nX-A: ');
    return socket;
  });
  const session = await app.ask('api/session', adminOf('acme'));
  for (const socket of sockets) socket.destroy();
  recordAttack({
    ...{ kind: 'slow senders', what: 'a hundred slow headers', status: session.status },
    ...{ code: '', bytes: (await session.text()).length, leak: undefined },
  });
  expect(session.status).toBe(200);
});
