import { fileURLToPath } from 'node:url';
import { type Browser, openPage, settled, show, startBrowser } from '@bellwether/testkit/browser';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { defaultCatalog } from '../src/catalog/default-catalog.ts';
import { type AdminApp, adminOf, startAdminApp, superAdmin } from './support/admin-app.ts';
import { prometheusWith } from './support/prometheus-with.ts';
import { type RealServer, startLabelProxy } from './support/real-server.ts';
import { seriesFor } from './support/series-for.ts';

vi.setConfig({ testTimeout: 300_000 });

const servers: RealServer[] = [];
let browser: Browser;
let app: AdminApp;
beforeAll(async () => {
  const prometheus = await prometheusWith(seriesFor(defaultCatalog, 'acme', 1));
  servers.push(prometheus);
  const proxy = await startLabelProxy(prometheus.url);
  servers.push(proxy);
  app = await startAdminApp({
    prometheus: { url: prometheus.url },
    tenantPrometheus: { url: proxy.url },
    timeoutMs: 60_000,
    pageFolder: fileURLToPath(new URL('../dist/page', import.meta.url)),
  });
  browser = await startBrowser();
});
afterAll(async () => {
  await browser?.close();
  await app?.stop();
  await Promise.all(servers.map((server) => server.stop()));
});

test.each([
  ['super admin', superAdmin, 10],
  ['tenant admin', adminOf('acme'), 6],
])(
  'a %s gets every view from the real server and a real Prometheus, without a failed panel',
  async (_, who, least) => {
    const { page, complaints, close } = await openPage(browser, `${app.url}#/overview`, {
      extraHTTPHeaders: { 'x-test-identity': JSON.stringify(who) },
    });
    await settled(page);
    await page.locator('.stat-value').first().waitFor();
    const hashes = await page
      .locator('.sidebar nav a')
      .evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
    expect(hashes.length).toBeGreaterThanOrEqual(least);
    for (const hash of hashes.filter((one) => !one.startsWith('#/alerts'))) {
      await show(page, app.url + hash);
      const failed = await page
        .locator('.state-failed')
        .evaluateAll((all) => all.map((one) => one.textContent));
      expect(failed, hash).toEqual([]);
    }
    expect(complaints).toEqual([]);
    await close();
  },
);
