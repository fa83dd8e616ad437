import {
  axeViolations,
  type Browser,
  type OpenPage,
  openPage,
  phone,
  settled,
  show,
  startBrowser,
} from '@bellwether/testkit/browser';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { type StandIn, startStandIn } from './support/stand-in-api.ts';

vi.setConfig({ testTimeout: 240_000, expect: { poll: { timeout: 60_000 } } });

let browser: Browser;
let server: StandIn;
beforeAll(async () => {
  [browser, server] = await Promise.all([startBrowser(), startStandIn()]);
});
afterAll(() => Promise.all([browser?.close(), server?.stop()]));
beforeEach(() =>
  Object.assign(server.state, {
    role: 'super-admin',
    status: 200,
    refusedStreams: 0,
    skewSeconds: 0,
    staleSeconds: 0,
    isEmpty: false,
    tenants: 24,
    held: undefined,
  }),
);

const open = (hash: string, options = {}) => openPage(browser, server.url + hash, options);

describe('axe finds nothing wrong', () => {
  const views = 'overview live services pipeline requests database business tenants alerts slo';
  const hashes = [
    ...views.split(' ').map((view) => `#/${view}`),
    '#/tenants?tenant=acme',
    '#/alerts?tab=silences',
    '#/alerts?tab=audit',
    '#/nowhere',
  ];
  let shown: OpenPage;
  beforeAll(async () => {
    shown = await open('#/overview');
  });
  afterAll(() => shown?.close());

  test.each(hashes)('%s, light and dark', async (hash) => {
    const { page, complaints } = shown;
    await show(page, server.url + hash);
    expect(await axeViolations(page)).toEqual([]);
    await page.evaluate("document.documentElement.dataset.theme = 'dark'");
    expect(await axeViolations(page, ['color-contrast'])).toEqual([]);
    await page.evaluate("document.documentElement.dataset.theme = 'light'");
    expect(complaints).toEqual([]);
  });

  test.each(['#/overview', '#/tenants', '#/alerts'])('%s on a phone', async (hash) => {
    const { page, close } = await open(hash, phone);
    await settled(page);
    expect(await axeViolations(page)).toEqual([]);
    // Nothing is wider than the screen.
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
    await close();
  });

  test('while Prometheus is down', async () => {
    server.state.status = 503;
    const { page, close } = await open('#/overview');
    await settled(page);
    expect(await axeViolations(page)).toEqual([]);
    await close();
  });
});

describe('states that a person understands', () => {
  test('Prometheus goes away: the figures stay, it is said, and it comes back', async () => {
    const { page, close } = await open('#/overview');
    await settled(page);
    const figure = page.locator('[data-panel="request-rate"] .stat-value');
    const before = await figure.textContent();
    server.state.status = 503;
    await page.getByRole('button', { name: 'Refresh now' }).click();
    await page.getByText('Prometheus is down.').waitFor();
    await page.getByText('not refreshed').first().waitFor();
    expect(await figure.textContent()).toBe(before);
    server.state.status = 200;
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('Prometheus is down.').waitFor({ state: 'detached' });
    await close();
  });

  test.each([
    [502, 'Prometheus gave no usable answer'],
    [504, 'Prometheus is slow'],
    [401, 'You are signed out'],
  ])('status %d is said in words', async (status, words) => {
    server.state.status = status;
    const { page, close } = await open('#/overview');
    await page.getByRole('alert').filter({ hasText: words }).waitFor();
    await close();
  });

  test('a wrong clock is told, and does not move the charts', async () => {
    // Eight minutes and not nine, whether an answer takes no time or twenty seconds.
    server.state.skewSeconds = 490;
    const { page, close } = await open('#/overview');
    await page.getByText('This device is 8 minutes behind.').waitFor();
    await close();
  });

  test('figures that ended say how old they are', async () => {
    server.state.staleSeconds = 900;
    const { page, close } = await open('#/overview');
    await page.getByText('15 minutes old').first().waitFor();
    await close();
  });

  test('live figures come back when a proxy has answered for the application', async () => {
    server.state.refusedStreams = 1;
    const { page, close } = await open('#/live');
    await page.locator('.live-value').first().waitFor({ timeout: 90_000 });
    expect(server.state.refusedStreams).toBe(0);
    await close();
  });

  test('nothing measured is no error', async () => {
    server.state.isEmpty = true;
    const { page, close } = await open('#/requests');
    await page.getByText('No data in this range').first().waitFor();
    await page.goto(`${server.url}#/alerts`);
    await page.getByText('Nothing fires').waitFor();
    await close();
  });

  test('while it loads, everything has its place: nothing moves when figures come', async () => {
    let answer = () => {};
    server.state.held = new Promise((resolve) => {
      answer = resolve;
    });
    const { page, close } = await open('#/overview');
    await page.locator('.skeleton-stat').first().waitFor();
    const top = () =>
      page
        .locator('.card-chart')
        .first()
        .evaluate((card) => card.getBoundingClientRect().top);
    const before = await top();
    answer();
    await settled(page);
    expect(Math.abs((await top()) - before)).toBeLessThan(2);
    await close();
  });
});

describe('names that strangers chose', () => {
  test('are text wherever they are shown', async () => {
    const { page, complaints, close } = await open('#/tenants?sort=tenant');
    await settled(page);
    await page.getByRole('link', { name: '<script>alert(document.domain)</script>' }).click();
    await page.getByRole('heading', { level: 1, name: '<script>' }).waitFor();
    await settled(page);
    await page.goto(`${server.url}#/alerts`);
    await page.getByText('Requests of <script>alert(1)</script> are slow').waitFor();
    // Its runbook is a javascript: address: no link at all.
    expect(await page.locator('a[href^="javascript:"]').count()).toBe(0);
    expect(complaints).toEqual([]);
    await close();
  });
});

describe('a reader', () => {
  test('finds one of 5,000 tenants', async () => {
    server.state.tenants = 5_000;
    const { page, close } = await open('#/tenants');
    await page.getByText('of 5,000').waitFor();
    await page.getByRole('searchbox', { name: 'Find a tenant by name' }).fill('tenant-4242');
    await page.getByRole('link', { name: 'tenant-4242' }).waitFor();
    await expect.poll(() => page.url()).toContain('search=tenant-4242');
    await expect.poll(() => page.locator('tbody tr').count()).toBe(1);
    await close();
  });

  test('goes by keyboard: to the content, along a chart, to its table', async () => {
    const { page, close } = await open('#/requests');
    await settled(page);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.evaluate('document.activeElement.id')).toBe('main');
    const chart = page.getByRole('img', { name: /^Requests by status, line chart\. 200: now/ });
    await chart.focus();
    await page.keyboard.press('ArrowLeft');
    await page.locator('.tooltip').waitFor();
    await page.getByRole('button', { name: 'Show as table: Requests by status' }).press('Enter');
    await page.getByRole('table').first().waitFor();
    await expect.poll(() => page.getByRole('columnheader').first().textContent()).toContain('time');
    await close();
  });

  test('takes a table and a picture along', async () => {
    const { page, close } = await open('#/requests');
    await settled(page);
    await page.locator('.card-chart').first().hover();
    const save = async (name: string) => {
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name }).click(),
      ]);
      return file;
    };
    const csv = await (await save('Save as CSV: Requests by status')).createReadStream();
    const text = Buffer.concat(await csv.toArray()).toString();
    expect(text).toMatch(/^\ufefftime,200,201,404,409,500\r\n\d{4}-\d\d-\d\dT/);
    const png = await (await save('Save as picture: Requests by status')).createReadStream();
    expect(
      Buffer.concat(await png.toArray())
        .subarray(1, 4)
        .toString(),
    ).toBe('PNG');
    await close();
  });

  test('sends a link: range, tenant and environment are in it', async () => {
    const { page, close } = await open('#/overview');
    await settled(page);
    await page.getByLabel('Time range').selectOption('6h');
    await page.getByLabel('Environment').selectOption('staging');
    await page.getByRole('button', { name: /^Tenant:/ }).click();
    await page.getByRole('combobox', { name: 'Find a tenant' }).fill('müller');
    await page.keyboard.press('Enter');
    await expect
      .poll(() => new URL(page.url()).hash)
      .toBe(
        '#/overview?range=6h&tenant=B%C3%A4ckerei+M%C3%BCller+%26+S%C3%B6hne&environment=staging',
      );
    await page.goBack();
    await expect.poll(() => page.url()).not.toContain('tenant=');
    await close();
  });

  test('keeps the colours that were chosen', async () => {
    const { page, close } = await open('#/overview');
    await page.getByRole('button', { name: /^Colours/ }).click();
    await page.locator('html[data-theme="dark"]').waitFor();
    await page.reload();
    await settled(page);
    expect(await page.evaluate('document.documentElement.dataset.theme')).toBe('dark');
    await close();
  });

  test('silences an alert only with a reason', async () => {
    const { page, close } = await open('#/alerts');
    await page.getByRole('button', { name: 'Silence ErrorBudgetBurningFast' }).click();
    const send = page.getByRole('dialog').getByRole('button', { name: 'Silence' });
    expect(await send.isDisabled()).toBe(true);
    expect(await page.getByLabel('For how long').locator('option').allInnerTexts()).toEqual([
      '30 minutes',
      '2 hours',
      '8 hours',
      '12 hours',
    ]);
    await page.getByLabel('Why').fill('Known: the release is being rolled back');
    await send.click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(server.posted.at(-1)).toEqual({
      alert: 'a1',
      minutes: 120,
      comment: 'Known: the release is being rolled back',
    });
    await close();
  });

  test('sees the alerts of the environment that is chosen, and those of none', async () => {
    const { page, close } = await open('#/alerts');
    const names = async () => (await page.locator('li.alert .alert-name').allInnerTexts()).sort();
    const badge = () => page.locator('nav .badge').first().textContent();
    await page.getByText('The error budget of shop').waitFor();
    const all = await names();
    expect(await badge()).toBe('2 firing');
    await show(page, `${server.url}#/alerts?environment=staging`);
    await expect.poll(names).toEqual(all.filter((name) => name !== 'ErrorBudgetBurningFast'));
    await expect.poll(badge).toBe('1 firing');
    await close();
  });

  test('is told what is silenced, and what is only part of another alert', async () => {
    const { page, close } = await open('#/alerts');
    const alert = (name: string) => page.locator('li.alert').filter({ hasText: name });
    await alert('RedisMemoryHigh').getByText('silenced', { exact: true }).waitFor();
    expect(await alert('RedisMemoryHigh').getByRole('button').count()).toBe(0);
    const covered = alert('TenantErrorBudgetBurning');
    await covered.getByText('part of another alert').waitFor();
    await covered.getByRole('button', { name: 'Silence TenantErrorBudgetBurning' }).waitFor();
    // An address that this page can't reach is told, not linked.
    await covered.getByText('docs/runbooks/TenantErrorBudgetBurning.md').waitFor();
    expect(await covered.getByRole('link').count()).toBe(0);
    await close();
  });

  test('who is a tenant’s admin has no other tenant to choose, and no way to silence', async () => {
    server.state.role = 'tenant-admin';
    const { page, close } = await open('#/alerts?tenant=globex');
    await page.getByText('The error budget of shop').waitFor();
    expect(await page.getByRole('button', { name: /^(Silence [A-Z]|Tenant:)/ }).count()).toBe(0);
    expect(await page.getByRole('link', { name: 'Tenants' }).count()).toBe(0);
    await close();
  });
});
