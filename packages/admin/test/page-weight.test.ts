import { gzipSync } from 'node:zlib';
import { openPage, settled, startBrowser } from '@bellwether/testkit/browser';
import { expect, test, vi } from 'vitest';
import { startStandIn } from './support/stand-in-api.ts';

vi.setConfig({ testTimeout: 240_000 });

const MOST_BYTES = 200_000;

test('the first view weighs at most 200 kB', async () => {
  const server = await startStandIn();
  const browser = await startBrowser();
  try {
    const { page } = await openPage(browser, 'about:blank');
    const paths = new Set<string>();
    page.on('request', (request) => {
      const { pathname } = new URL(request.url());
      if (!pathname.includes('/api/')) paths.add(pathname);
    });
    const began = performance.now();
    await page.goto(`${server.url}#/overview`);
    await page.locator('.stat-value').first().waitFor();
    const firstFigures = Math.round(performance.now() - began);
    await settled(page);
    const files = await Promise.all(
      [...paths].map(async (path) => {
        const body = Buffer.from(await (await fetch(new URL(path, server.url))).arrayBuffer());
        // Fonts are compressed already.
        return [path, path.endsWith('.woff2') ? body.length : gzipSync(body).length] as const;
      }),
    );
    const weight = files.reduce((sum, [, bytes]) => sum + bytes, 0);
    console.info(`first view: ${weight} bytes gzipped, first figures after ${firstFigures} ms`);
    expect(weight, JSON.stringify(files)).toBeLessThanOrEqual(MOST_BYTES);
    expect(files.length).toBeGreaterThan(3);
  } finally {
    await browser.close();
    await server.stop();
  }
});
