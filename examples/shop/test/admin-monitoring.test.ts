import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createGrafanaKey } from '@bellwether/admin';
import { createLocalJWKSet, jwtVerify } from 'jose';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createAuditTrail } from '../src/admin/monitoring/audit-trail.ts';
import { type AdminLogin, issueAdminLogin } from '../src/admin/users/issue-admin-login.ts';
import { type Database, openDatabase } from '../src/database/database.ts';
import { openBrowser } from './admin-browser.ts';
import { type ShopUnderTest, startShopUnderTest } from './shop-under-test.ts';

vi.setConfig({ testTimeout: 180_000 });

const folder = mkdtempSync(join(tmpdir(), 'shop-grafana-'));
let shop: ShopUnderTest;
let database: Database;
let grafana: Server;
const logins = {} as Record<AdminLogin['role'], AdminLogin>;

/** Says whom the token names, and shows what else came. */
async function startGrafana(jwksFile: string): Promise<number> {
  const keys = createLocalJWKSet(JSON.parse(readFileSync(jwksFile, 'utf8')));
  grafana = createServer(async (request, response) => {
    const token = `${request.headers['x-jwt-assertion']}`;
    const { payload } = await jwtVerify(token, keys, { issuer: 'bellwether', audience: 'grafana' });
    const { url, headers } = request;
    response.end(JSON.stringify({ user: payload.sub, role: payload.role, url, headers }));
  });
  await new Promise<void>((resolve) => grafana.listen(0, '127.0.0.1', resolve));
  return (grafana.address() as AddressInfo).port;
}

beforeAll(async () => {
  const { privateKeyFile, jwksFile } = createGrafanaKey(folder);
  const port = await startGrafana(jwksFile);
  shop = await startShopUnderTest({
    SHOP_PROMETHEUS_URL: 'http://127.0.0.1:1',
    SHOP_TENANT_PROMETHEUS_URL: 'http://127.0.0.1:1',
    SHOP_GRAFANA_URL: `http://127.0.0.1:${port}`,
    SHOP_GRAFANA_KEY_FILE: privateKeyFile,
  });
  database = openDatabase(shop.databaseUrl, 2);
  for (const [role, tenant] of [
    ['super-admin', null],
    ['tenant-admin', 'acme'],
    ['staff', 'acme'],
  ] as const) {
    const email = `${role}@shop.example`;
    logins[role] = await issueAdminLogin(database, { email, role, tenant });
  }
});

afterAll(async () => {
  await database?.$disconnect();
  await shop?.stop();
  grafana?.close();
  grafana?.closeAllConnections();
  rmSync(folder, { recursive: true });
});

async function browserOf(role: AdminLogin['role']) {
  const browser = openBrowser(shop.address);
  await browser.logIn(logins[role]);
  return browser;
}

test('the monitoring page knows a super admin, and a tenant admin with the tenant', async () => {
  const all = await (await browserOf('super-admin')).get('/admin/monitoring/api/session');
  expect(JSON.parse(all.text)).toMatchObject({
    role: 'super-admin',
    user: 'super-admin@shop.example',
  });
  const one = await (await browserOf('tenant-admin')).get('/admin/monitoring/api/session');
  expect(JSON.parse(one.text)).toMatchObject({ role: 'tenant-admin', tenant: 'acme' });
});

test('staff and nobody have no monitoring', async () => {
  const staff = await browserOf('staff');
  expect((await staff.get('/admin/monitoring/')).status).toBe(403);
  expect((await staff.get('/admin/monitoring/api/session')).status).toBe(403);
  expect((await staff.get('/admin')).text).not.toContain('/admin/monitoring');
  const nobody = openBrowser(shop.address);
  expect(await nobody.get('/admin/monitoring/')).toMatchObject({
    status: 303,
    location: '/admin/login?next=%2Fadmin%2Fmonitoring%2F',
  });
  const script = await nobody.get('/admin/monitoring/api/session', { 'sec-fetch-mode': 'cors' });
  expect(script.status).toBe(401);
});

test('Grafana is told who a super admin is, and nothing of the session', async () => {
  const browser = await browserOf('super-admin');
  const answer = await browser.get('/grafana/d/slo?orgId=1', { 'x-webauth-user': 'admin' });
  const { headers, ...said } = JSON.parse(answer.text);
  expect(said).toEqual({
    user: 'super-admin@shop.example',
    role: 'Editor',
    url: '/grafana/d/slo?orgId=1',
  });
  expect(JSON.stringify(headers)).not.toContain(browser.cookies.get('shop-admin'));
  expect(headers).not.toHaveProperty('x-webauth-user');
  const page = await browser.get('/admin/dashboards');
  expect(page.headers['content-security-policy']).toContain("frame-src 'self'");
  expect(answer.headers['content-security-policy']).toBe("frame-ancestors 'self'");
});

test('Grafana is for super admins, and a change for pages of this site', async () => {
  for (const role of ['tenant-admin', 'staff'] as const) {
    const browser = await browserOf(role);
    expect((await browser.get('/grafana/')).status).toBe(403);
    expect((await browser.get('/admin/dashboards')).status).toBe(403);
  }
  expect((await openBrowser(shop.address).get('/grafana/')).location).toBe(
    '/admin/login?next=%2Fgrafana%2F',
  );
  const browser = await browserOf('super-admin');
  const forged = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' };
  expect((await browser.post('/grafana/api/x', {}, forged)).status).toBe(403);
  expect((await browser.post('/grafana/api/x', { a: '1' })).status).toBe(200);
});

test('the audit trail is read newest first, in pages', async () => {
  const audit = createAuditTrail(database);
  const entry = {
    user: 'ada',
    role: 'super-admin',
    action: 'silence.create',
  } as const;
  for (const target of ['first', 'second', 'third']) {
    await audit.append({
      ...entry,
      target,
      detail: { minutes: 120, comment: 'a disk is changed' },
    });
  }
  const [third, second] = await audit.list({ limit: 2 });
  expect([third?.target, second?.target]).toEqual(['third', 'second']);
  expect(Math.abs(Date.parse(`${third?.at}`) - Date.now())).toBeLessThan(60_000);
  const [first] = await audit.list({ before: `${second?.id}`, limit: 1 });
  expect(first).toMatchObject({ ...entry, target: 'first' });
});
