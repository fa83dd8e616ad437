import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AdminApp, startAdminApp, superAdmin } from './support/admin-app.ts';
import { startHostileServer, vector } from './support/hostile-server.ts';

const TENANTS = 5_000;
const SCRIPT = '<script>alert(1)</script>';
let prometheus: Awaited<ReturnType<typeof startHostileServer>>;
let app: AdminApp;

interface Table {
  readonly tenants: { tenant: string; health: number | null; requestsPerSecond: number | null }[];
  readonly total: number;
}

const asked: URLSearchParams[] = [];

beforeAll(async () => {
  const names = Array.from({ length: TENANTS }, (_, i) => `tenant-${i}`);
  const answer = vector(
    ...names.map((tenant_id, i) => [{ tenant_id }, i / TENANTS] as const),
    [{ tenant_id: SCRIPT }, 0.5],
    [{}, 1],
  );
  prometheus = await startHostileServer(async (request, response) => {
    asked.push(new URLSearchParams(await text(request)));
    answer(request, response);
  });
  app = await startAdminApp({ prometheus: { url: prometheus.url } });
});
afterAll(() => Promise.all([app?.stop(), prometheus?.stop()]));

const list = async (parameters = '') =>
  (await (await app.ask(`api/tenants?${parameters}`, superAdmin)).json()) as Table;

test('5,000 tenants: the worst first, cut, sorted and searched by the server', async () => {
  const { tenants, total } = await list();
  expect(total).toBe(TENANTS + 1);
  expect(tenants).toHaveLength(50);
  expect(tenants[0]).toMatchObject({ tenant: 'tenant-0', health: 0 });
  const best = await list('sort=requestsPerSecond&order=desc&limit=1');
  expect(best.tenants).toMatchObject([{ tenant: 'tenant-4999' }]);
  expect((await list('search=ENANT-499&sort=tenant')).tenants.map(({ tenant }) => tenant)).toEqual(
    [499, 4990, 4991, 4992, 4993, 4994, 4995, 4996, 4997, 4998, 4999].map((i) => `tenant-${i}`),
  );
  expect((await list('offset=5000')).tenants).toHaveLength(1);
});

test('a name that is script is text, and found as such', async () => {
  const { tenants } = await list(`search=${encodeURIComponent('<script>')}`);
  expect(tenants).toMatchObject([{ tenant: SCRIPT, health: 50 }]);
});

test('of a range that has ended it says how tenants were served then, and not now', async () => {
  const to = Math.floor(Date.now() / 1_000) - 86_400;
  asked.length = 0;
  await list(`from=${to - 3_600}&to=${to}`);
  expect(asked.length).toBeGreaterThan(1);
  for (const question of asked) expect(question.get('time')).toBe(`${to}`);
  asked.length = 0;
  await list(`from=${to - 7_200}&to=${to - 3_600}`);
  expect(asked[0]?.get('time')).toBe(`${to - 3_600}`);
});
