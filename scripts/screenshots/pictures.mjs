import { join } from 'node:path';
import { axeViolations, openPage, show } from '../../packages/testkit/dist/browser.js';

const patienceMs = 60_000;

/** Somebody with a browser of their own, who looks at places and takes a picture of each. */
export async function createCamera({ browser, role, device, address, out, say, rows, since }) {
  const { page, complaints, close } = await openPage(browser, 'about:blank', device.options);
  // While there is load: a longer range would be empty at its beginning.
  const range = () => `${Math.floor(since)}-${Math.floor(Date.now() / 1_000)}`;
  const addressOf = (hash) =>
    `${address}/admin/monitoring/${hash}${hash.includes('?') ? '&' : '?'}range=${range()}`;

  /** A picture of what is shown, and a row of what is wrong with it. */
  const take = async ({ view, theme }) => {
    const file = `${role}-${view}-${device.name}-${theme}.png`;
    const axe = await axeViolations(page);
    const found = await page.evaluate(whatIsWrong);
    await pictureOf(page, join(out, file), device);
    const row = { role, device: device.name, theme, view, ...found, axe, file };
    row.complaints = complaints.splice(0);
    row.ok = [row.empty, row.failed, row.complaints, axe].every(({ length }) => length === 0);
    row.ok &&= row.tooWide <= 0;
    rows.push(row);
    say(`  ${row.ok ? 'clean' : 'NOT CLEAN'}  ${file}`);
    return row;
  };

  return {
    ...{ page, address, take, close },
    open: (hash) => show(page, addressOf(hash)),
    /** The addresses of the views that the menu has. */
    async views() {
      await show(page, addressOf('#/overview'));
      const links = page.locator('.sidebar nav a');
      return links.evaluateAll((all) =>
        all.map((link) => link.getAttribute('href').replace(/\?.*/, '')),
      );
    },
    async visit({ view, hash, path, theme }) {
      await page.emulateMedia({ colorScheme: theme });
      if (path !== undefined) {
        await page.goto(address + path);
        return take({ view, theme });
      }
      await show(page, addressOf(hash));
      if (hash === '#/live') await figuresMove(page);
      // A figure may be a few seconds away: it has one more chance, as a reader would give it.
      for (let patience = 0; patience < 2 && (await isEmptyHanded(page)); patience++) {
        await page.waitForTimeout(10_000);
        await show(page, addressOf(hash));
      }
      return take({ view, theme });
    },
  };
}

const isEmptyHanded = async (page) => {
  const { empty, failed } = await page.evaluate(whatIsWrong);
  return empty.length + failed.length > 0;
};

/** The live view has got some figures, so that there is a line to see. */
async function figuresMove(page) {
  const time = page.locator('.live-time');
  const seen = new Set();
  const deadline = performance.now() + patienceMs;
  while (seen.size < 3 && performance.now() < deadline) {
    seen.add(await time.textContent());
    await page.waitForTimeout(500);
  }
}

/** Runs in the page. */
function whatIsWrong() {
  const titles = (selector) =>
    [...document.querySelectorAll(selector)].map(
      (state) => state.closest('.card')?.querySelector('.card-title')?.textContent ?? 'the view',
    );
  const { scrollWidth, clientWidth } = document.documentElement;
  return {
    panels: document.querySelectorAll('.card').length,
    empty: titles('.state:not(.state-failed, .state:has(.state-good))'),
    failed: titles('.state-failed, .chip-critical'),
    tooWide: scrollWidth - clientWidth,
  };
}

/** Of the whole page. The window is made as high as the page is, so that what stands still in it ends where the page does. */
async function pictureOf(page, path, { options }) {
  const { width, height } = options.viewport;
  const whole = await page.evaluate(() => document.documentElement.scrollHeight);
  if (whole > height) await page.setViewportSize({ width, height: whole });
  // Charts follow the width of their cards.
  await page.waitForTimeout(300);
  await page.screenshot({ path, animations: 'disabled' });
  await page.setViewportSize({ width, height });
}
