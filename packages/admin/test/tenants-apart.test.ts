import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { defaultCatalog } from '../src/catalog/default-catalog.ts';
import { type AdminApp, adminOf, startAdminApp, superAdmin } from './support/admin-app.ts';
import { prometheusWith } from './support/prometheus-with.ts';
import { type RealServer, startLabelProxy } from './support/real-server.ts';
import { seriesFor } from './support/series-for.ts';

vi.setConfig({ testTimeout: 180_000 });

/** One world with two tenants, whose numbers differ by a factor of a thousand, and one where the first is alone. */
const acme = seriesFor(defaultCatalog, 'acme', 1);
const globex = seriesFor(defaultCatalog, 'globex', 1_000);
const servers: RealServer[] = [];
let both: AdminApp;
let alone: AdminApp;

beforeAll(async () => {
  const start = async (series: typeof acme) => {
    const prometheus = await prometheusWith(series);
    servers.push(prometheus);
    const proxy = await startLabelProxy(prometheus.url);
    servers.push(proxy);
    return startAdminApp({
      prometheus: { url: prometheus.url },
      tenantPrometheus: { url: proxy.url },
      timeoutMs: 60_000,
    });
  };
  [both, alone] = await Promise.all([start([...acme, ...globex]), start(acme)]);
});
afterAll(() => Promise.all([both?.stop(), alone?.stop(), ...servers.map((one) => one.stop())]));

const names = Object.entries(defaultCatalog.queries);
const now = Math.floor(Date.now() / 1000 / 60) * 60;
const times = `from=${now - 3_600}&to=${now - 60}`;

interface Answer {
  readonly tenant: string | null;
  readonly series?: readonly unknown[];
  readonly rows?: readonly { readonly value: number }[];
}

async function answer(app: AdminApp, name: string, ask: string, as = adminOf('acme')) {
  const response = await app.ask(`api/${ask}/${name}?${times}`, as);
  const text = await response.text();
  expect(response.status, text).toBe(200);
  const { series, rows } = JSON.parse(text) as Answer;
  return series ?? rows;
}

const forTenants = names.filter(([, { tenant }]) => tenant !== undefined);
test.each(forTenants)('%s: a tenant sees what it would see alone', async (name, { ask }) => {
  const own = await answer(both, name, ask);
  expect(own).toEqual(await answer(alone, name, ask));
  expect(own, 'a question without an answer proves nothing').not.toEqual([]);
  // The same question about the other tenant is another answer: it is about the tenant at all.
  const other = await answer(both, name, ask, adminOf('globex'));
  expect(JSON.stringify(other)).not.toContain('acme');
});

test('numbers of the other tenant are a thousand times larger', async () => {
  const rate = async (as = adminOf('acme')) =>
    ((await answer(both, 'request-rate', 'instant', as)) as Answer['rows'])?.[0]?.value ?? 0;
  expect((await rate(adminOf('globex'))) / (await rate())).toBeCloseTo(1_000);
  expect((await rate(superAdmin)) / (await rate())).toBeCloseTo(1_001);
});

test.each(names.filter(([, { tenant }]) => tenant === undefined))(
  '%s: not for tenants',
  async (name, { ask }) => {
    const response = await both.ask(`api/${ask}/${name}?${times}`, adminOf('acme'));
    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({ error: { code: 'ERR_ADMIN_FORBIDDEN' } });
  },
);

test.each(names)('%s: Prometheus understands it for super admins', async (name, { ask }) => {
  const response = await both.ask(`api/${ask}/${name}?${times}`, superAdmin);
  expect(response.status, await response.text()).toBe(200);
});

test('a super admin who looks at one tenant sees what that tenant sees', async () => {
  const seen = await both.ask(`api/range/request-rate?${times}&tenant=acme`, superAdmin);
  const { tenant, series } = (await seen.json()) as Answer;
  expect(tenant).toBe('acme');
  expect(series).toEqual(await answer(both, 'request-rate', 'range'));
});

test('the header of the proxy from a browser is nobody’s business', async () => {
  const response = await both.ask(`api/instant/services?${times}`, adminOf('acme'), {
    headers: { 'x-tenant': 'globex', 'x-scope-orgid': 'globex' },
  });
  expect(await response.json()).toMatchObject({ tenant: 'acme' });
});
