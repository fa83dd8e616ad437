import { createServer } from 'node:http';
import express from 'express';
import { monitoring } from '../../packages/admin/dist/index.js';
import { poll } from '../start/poll.mjs';
import { ask } from './ask.mjs';

const seconds = 60;
const never = new AbortController().signal;

/**
 * Every tenant tries to read every other, by each door: the query for tenants, prom-label-proxy before it, and the page. A row for each
 * try: who, how, and whether only what is the tenant's own came back.
 */
export async function isolation({ thanos, tenants, alertmanager }) {
  const ids = tenants.map(({ id }) => id);
  const page = await startPage({ thanos, alertmanager });
  try {
    // A query learns within seconds what its stores have since somebody ended: who sees nothing has proved nothing.
    for (const own of ids)
      await poll(seconds, never, async () =>
        (await everything(thanos.queryTenants, own)).includes(own),
      );
    const rows = [];
    for (const own of ids)
      for (const other of ids.filter((id) => id !== own))
        rows.push(...(await tries({ own, other, thanos, page })));
    rows.push(...(await nobody({ thanos, ids })));
    return rows;
  } finally {
    page.stop();
  }
}

/** The tenants of what this one gets, who asks for all. */
async function everything(url, own) {
  const { samples } = await ask(url, 'count by (tenant_id) ({__name__=~".+"})', {
    'x-tenant': own,
  });
  return samples.map(({ metric }) => metric.tenant_id);
}

async function tries({ own, other, thanos, page }) {
  const as = { 'x-tenant': own };
  const row = (door, what, seen, ok) => ({ tenant: own, other, door, what, seen, ok });
  const rows = [];
  for (const [door, url] of [
    ['query', thanos.queryTenants],
    ['proxy', thanos.proxy],
  ]) {
    const seen = await everything(url, own);
    rows.push(row(door, 'asks for everything', seen.join(' ') || 'nothing', seen.join() === own));
    const foreign = await ask(
      url,
      `count by (tenant_id) ({__name__=~".+",tenant_id="${other}"})`,
      as,
    );
    const foreignSeen = foreign.samples.map(({ metric }) => metric.tenant_id);
    rows.push(
      row(
        door,
        'names the other',
        foreignSeen.join(' ') || `nothing (${foreign.status})`,
        !foreignSeen.includes(other),
      ),
    );
    for (const path of [
      '/api/v1/label/tenant_id/values',
      `/api/v1/series?match[]=${encodeURIComponent(`{__name__=~"commerce_orders_total",tenant_id=~".+"}`)}`,
      `/api/v1/label/tenant_id/values?match[]=${encodeURIComponent(`{tenant_id="${other}"}`)}`,
      '/api/v1/rules',
      '/api/v1/alerts',
    ]) {
      const response = await fetch(`${url}${path}`, { headers: as });
      const text = await response.text();
      rows.push(row(door, path.split('?')[0], `${response.status}`, !text.includes(`"${other}"`)));
    }
  }
  const own1 = await page.ask(own, 'api/instant/request-rate');
  rows.push(
    row('page', 'request rate', own1.status, own1.status === 200 && !own1.text.includes(other)),
  );
  const asked = await page.ask(own, `api/instant/request-rate?tenant=${other}`);
  rows.push(
    row(
      'page',
      'request rate of the other',
      asked.status,
      !asked.text.includes(`"${other}"`) && asked.status !== 200,
    ),
  );
  const list = await page.ask(own, 'api/tenants');
  rows.push(row('page', 'list of tenants', list.status, !list.text.includes(`"${other}"`)));
  return rows;
}

/** Who says no tenant, or two, gets nothing. */
async function nobody({ thanos, ids }) {
  const rows = [];
  for (const [door, url] of [
    ['query', thanos.queryTenants],
    ['proxy', thanos.proxy],
  ])
    for (const [what, headers] of [
      ['says no tenant', {}],
      ['says two', { 'x-tenant': ids.join('|') }],
      ['says a pattern', { 'x-tenant': '.+' }],
    ]) {
      const { samples, status } = await ask(
        url,
        'count by (tenant_id) ({__name__=~".+"})',
        headers,
      );
      const seen = samples.map(({ metric }) => metric.tenant_id).filter((id) => ids.includes(id));
      rows.push({
        tenant: 'nobody',
        other: '',
        door,
        what,
        seen: seen.join(' ') || `nothing (${status})`,
        ok: seen.length === 0,
      });
    }
  return rows;
}

/** The monitoring page for an admin of the tenant that a header names, as an app would say who has logged in. */
async function startPage({ thanos, alertmanager }) {
  const app = express();
  app.use(
    '/monitoring',
    monitoring({
      prometheus: { url: thanos.query },
      tenantPrometheus: { url: thanos.proxy },
      alertmanager: { url: alertmanager },
      timeoutMs: 20_000,
      authorize: (request) => {
        const tenant = request.get('x-test-tenant');
        return { role: 'tenant-admin', user: `admin@${tenant}`, tenant };
      },
    }),
  );
  const server = createServer(app);
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const base = `http://127.0.0.1:${server.address().port}/monitoring/`;
  return {
    async ask(tenant, path) {
      const response = await fetch(new URL(path, base), { headers: { 'x-test-tenant': tenant } });
      return { status: response.status, text: await response.text() };
    },
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}
