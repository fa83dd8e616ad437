import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, pollUntil } from '@bellwether/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AuditEntry, AuditTrail } from '../src/index.ts';
import { type AdminApp, adminOf, startAdminApp, superAdmin } from './support/admin-app.ts';
import { json, startHostileServer } from './support/hostile-server.ts';
import { type RealServer, startServer } from './support/real-server.ts';

const nowhere = { url: 'http://127.0.0.1:1' };
const folder = mkdtempSync(join(tmpdir(), 'bellwether-alertmanager-'));
const entries: AuditEntry[] = [];
let isBroken = false;
const audit: AuditTrail = {
  append: async (entry) => {
    if (isBroken) throw new Error('disk full');
    entries.unshift({ ...entry, id: `${entries.length + 1}`, at: new Date().toISOString() });
  },
  list: async ({ limit }) => entries.slice(0, limit),
};
let alertmanager: RealServer;
let app: AdminApp;

interface Shown {
  readonly alerts: { name: string; tenant: string; fingerprint: string; state: string }[];
  readonly silences: { id: string; createdBy: string | null; comment: string }[];
}

beforeAll(async () => {
  const config = join(folder, 'alertmanager.yaml');
  writeFileSync(config, 'route: { receiver: nobody }\nreceivers: [{ name: nobody }]\n');
  alertmanager = await startServer(
    'alertmanager',
    (port) => [
      `--config.file=${config}`,
      `--storage.path=${join(folder, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--cluster.listen-address=',
    ],
    '/-/ready',
  );
  app = await startAdminApp({ prometheus: nowhere, alertmanager, audit, cacheSeconds: 0 });
  const alert = (tenant_id: string | undefined, runbook_url: string, severity = 'warning') => ({
    labels: {
      alertname: tenant_id === undefined ? 'Everybody' : 'TenantErrorRatioHigh',
      severity,
      ...(tenant_id !== undefined && { tenant_id }),
    },
    annotations: { summary: `About ${tenant_id}`, runbook_url },
  });
  const sent = await fetch(`${alertmanager.url}/api/v2/alerts`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify([
      alert('acme', 'https://runbooks/x'),
      alert('globex', 'javascript:alert(1)'),
      alert('acme-2', 'docs/runbooks/x.md'),
      alert(undefined, ''),
      // A dead man's switch: nobody's business.
      alert(undefined, '', 'none'),
    ]),
  });
  expect(sent.status).toBe(200);
  await pollUntil(async () => (await list()).alerts.length === 4, {
    message: 'four alerts',
    timeoutMs: 60_000,
  });
});
afterAll(async () => {
  await Promise.all([app?.stop(), alertmanager?.stop()]);
  rmSync(folder, { recursive: true, force: true });
});

async function list(as = superAdmin): Promise<Shown> {
  const response = await app.ask('api/alerts', as);
  expect(response.status).toBe(200);
  return (await response.json()) as Shown;
}
const own = () => ({ 'x-bellwether-admin': '1', origin: app.origin });
const silence = (body: unknown, headers: Record<string, string> = own(), as = superAdmin) =>
  app.ask('api/silences', as, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });

test('a tenant sees its own alerts, exactly', async () => {
  const { alerts } = await list(adminOf('acme'));
  expect(alerts).toMatchObject([{ tenant: 'acme', runbook: 'https://runbooks/x' }]);
  expect((await list(adminOf('initech'))).alerts).toEqual([]);
});

test('a link that would run is none', async () => {
  expect((await list(adminOf('globex'))).alerts).toMatchObject([{ runbook: null }]);
});

test('a super admin silences an alert, everybody knows who, and ends it', async () => {
  const { alerts } = await list();
  const { fingerprint } = alerts.find(({ tenant }) => tenant === 'globex') ?? { fingerprint: '' };
  const made = await silence({ alert: fingerprint, minutes: 30, comment: 'a drill' });
  const { id } = (await made.json()) as { id: string };
  expect(made.status).toBe(201);
  await pollUntil(
    async () =>
      (await list()).alerts.find((a) => a.fingerprint === fingerprint)?.state === 'suppressed',
    { timeoutMs: 60_000 },
  );
  expect((await list()).silences).toMatchObject([{ id, createdBy: superAdmin.user }]);
  expect((await list(adminOf('globex'))).silences).toMatchObject([
    { id, createdBy: null, comment: 'a drill' },
  ]);
  expect((await list(adminOf('acme'))).silences).toEqual([]);
  const remove = () =>
    app.ask(`api/silences/${id}`, superAdmin, { method: 'DELETE', headers: own() });
  expect((await remove()).status).toBe(204);
  expect((await list()).silences).toEqual([]);
  const trail = (await (await app.ask('api/audit?limit=10', superAdmin)).json()) as {
    entries: AuditEntry[];
  };
  expect(trail.entries.map(({ action, user }) => [action, user])).toEqual([
    ['silence.expired', superAdmin.user],
    ['silence.expire', superAdmin.user],
    ['silence.created', superAdmin.user],
    ['silence.create', superAdmin.user],
  ]);
  expect(trail.entries[2]).toMatchObject({
    detail: { silence: id, comment: 'a drill', minutes: 30 },
  });
});

test('without an entry in the trail nothing is done', async () => {
  isBroken = true;
  const body = { matchers: [{ name: 'alertname', value: 'X' }], minutes: 5, comment: 'x' };
  const response = await silence(body);
  isBroken = false;
  expect(response.status).toBe(503);
  expect(await response.json()).toMatchObject({ error: { code: 'ERR_ADMIN_AUDIT' } });
  expect((await list()).silences).toEqual([]);
});

test('what fails is written down as failed', async () => {
  const response = await app.ask('api/silences/00000000-0000-0000-0000-000000000000', superAdmin, {
    method: 'DELETE',
    headers: own(),
  });
  expect(response.status).toBe(404);
  expect(entries[0]).toMatchObject({
    action: 'silence.failed',
    detail: { intended: 'silence.expire' },
  });
});

test.each([
  ['no header of ours', () => ({ origin: app.origin })],
  ['no origin', () => ({ 'x-bellwether-admin': '1' })],
  ['another origin', () => ({ ...own(), origin: 'https://evil.example' })],
  ['another port', () => ({ ...own(), origin: 'http://127.0.0.1:1' })],
  ['a browser that says cross-site', () => ({ ...own(), 'sec-fetch-site': 'cross-site' })],
  ['a sibling site', () => ({ ...own(), 'sec-fetch-site': 'same-site' })],
])('a request of another site changes nothing: %s', async (_name, headers) => {
  const response = await silence({ alert: 'aa', minutes: 1, comment: 'x' }, headers());
  expect(response.status).toBe(403);
  expect(await response.json()).toMatchObject({ error: { code: 'ERR_ADMIN_CSRF' } });
});

const matchers = [{ name: 'alertname', value: 'X' }];
test.each([
  ['both', { alert: 'aa', matchers, minutes: 1, comment: 'x' }],
  ['neither', { minutes: 1, comment: 'x' }],
  [
    'a regular expression',
    { matchers: [{ ...matchers[0], isRegex: true }], minutes: 1, comment: 'x' },
  ],
  ['no comment', { matchers, minutes: 1, comment: ' ' }],
  ['for ever', { matchers, minutes: 1e9, comment: 'x' }],
  ['backwards', { matchers, minutes: -1, comment: 'x' }],
  ['everything', { matchers: [], minutes: 1, comment: 'x' }],
  ['a value of nothing', { matchers: [{ name: 'x', value: '' }], minutes: 1, comment: 'x' }],
  ['text that turns', { matchers, minutes: 1, comment: 'a\u202eb' }],
  ['more fields', { matchers, minutes: 1, comment: 'x', createdBy: 'somebody else' }],
  ['a list', []],
])('a silence that is none is refused: %s', async (_name, body) => {
  expect((await silence(body)).status).toBe(400);
});

test('who asks is told how long a silence may be', async () => {
  const strict = await startAdminApp({ prometheus: nowhere, maxSilenceMinutes: 45 });
  const limit = async (one: AdminApp) => {
    const session = (await (await one.ask('api/session', superAdmin)).json()) as object;
    return 'maxSilenceMinutes' in session && session.maxSilenceMinutes;
  };
  expect([await limit(app), await limit(strict)]).toEqual([10_080, 45]);
  await strict.stop();
});

test('no trail, no silence; no Alertmanager, a word about it', async () => {
  const bare = await startAdminApp({ prometheus: nowhere });
  const ask = async (path: string, init?: RequestInit) => {
    const response = await bare.ask(path, superAdmin, init);
    const { error } = (await response.json()) as { error: { code: string } };
    return [response.status, error.code];
  };
  expect(await ask('api/alerts')).toEqual([501, 'ERR_ADMIN_NO_ALERTMANAGER']);
  expect(await ask('api/audit')).toEqual([501, 'ERR_ADMIN_NO_AUDIT']);
  const init = {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-bellwether-admin': '1',
      'sec-fetch-site': 'same-origin',
    },
    body: JSON.stringify({ matchers, minutes: 1, comment: 'x' }),
  };
  expect(await ask('api/silences', init)).toEqual([501, 'ERR_ADMIN_NO_AUDIT']);
  await bare.stop();
});

test('an Alertmanager that is away, broken, or somebody else', async () => {
  const hostile = await startHostileServer(json(500, {}));
  const given = { prometheus: nowhere, alertmanager: hostile, cacheSeconds: 0 };
  const broken = await startAdminApp({ ...given, timeoutMs: 60_000 });
  const impatient = await startAdminApp({ ...given, timeoutMs: 300 });
  const ask = async (app = broken) => {
    const response = await app.ask('api/alerts', superAdmin);
    return ((await response.json()) as { error: { code: string } }).error.code;
  };
  expect(await ask()).toBe('ERR_ADMIN_ALERTMANAGER_FAILED');
  hostile.answerWith(json(400, 'bad'));
  expect(await ask()).toBe('ERR_ADMIN_ALERTMANAGER_REFUSED');
  hostile.answerWith(json(200, [{ labels: 'none' }]));
  expect(await ask()).toBe('ERR_ADMIN_ALERTMANAGER_RUBBISH');
  hostile.answerWith(() => {});
  expect(await ask(impatient)).toBe('ERR_ADMIN_ALERTMANAGER_SLOW');
  await hostile.stop();
  expect(await ask()).toBe('ERR_ADMIN_ALERTMANAGER_DOWN');
  const away = await startAdminApp({
    prometheus: nowhere,
    alertmanager: { url: `http://127.0.0.1:${await freePort()}` },
  });
  expect((await away.ask('api/alerts', superAdmin)).status).toBe(503);
  await Promise.all([broken, impatient, away].map((one) => one.stop()));
});
