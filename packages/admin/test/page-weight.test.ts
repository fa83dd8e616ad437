import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { openPage, settled, startBrowser } from './support/browser.ts';
import { startStandIn } from './support/stand-in-api.ts';

const MOST_BYTES = 200_000;
/** On loopback, an empty cache, two slow cores that others use too: a guard against a slide, not a measurement. */
const MOST_MS = 15_000;

test('the first view weighs at most 200 kB, and its figures are there soon', async () => {
  const server = await startStandIn();
  const browser = await startBrowser();
  try {
    const { page } = await openPage(browser, 'about:blank');
    const bodies: Promise<readonly [string, number]>[] = [];
    page.on('response', (response) => {
      const { pathname } = new URL(response.url());
      if (pathname.includes('/api/')) return;
      bodies.push(
        response.body().then((body) => [
          pathname.split('/').at(-1) || 'index.html',
          // Fonts are compressed already.
          pathname.endsWith('.woff2') ? body.length : gzipSync(body).length,
        ]),
      );
    });
    const began = performance.now();
    await page.goto(`${server.url}#/overview`);
    await page.locator('.stat-value').first().waitFor();
    const firstFigures = Math.round(performance.now() - began);
    await settled(page);
    const files = await Promise.all(bodies);
    const weight = files.reduce((sum, [, bytes]) => sum + bytes, 0);
    console.info(`first view: ${weight} bytes gzipped, first figures after ${firstFigures} ms`);
    expect(weight, JSON.stringify(files)).toBeLessThanOrEqual(MOST_BYTES);
    expect(files.length).toBeGreaterThan(3);
    expect(firstFigures).toBeLessThan(MOST_MS);
  } finally {
    await browser.close();
    await server.stop();
  }
});
