import { accessSync, constants, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

export type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';

/** How long a page may take for anything: a machine may have much else to do. */
const PATIENCE_MS = 90_000;

/** The machine's Chromium; set-up installs Debian's where it may. */
export function startBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: findChromium(),
    args: ['--no-sandbox'],
    timeout: PATIENCE_MS,
  });
}

function findChromium(): string {
  const named = process.env.BELLWETHER_CHROMIUM;
  if (named) return named;
  const folders = (process.env.PATH ?? '').split(delimiter);
  const found = ['chromium', 'chromium-browser', 'google-chrome']
    .flatMap((name) => folders.map((folder) => join(folder, name)))
    .find((file) => {
      try {
        accessSync(file, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
  if (found !== undefined) return found;
  throw new Error(
    'Expected chromium or google-chrome on PATH, got neither; install one (Debian: apt-get install chromium), or name one by BELLWETHER_CHROMIUM.',
  );
}

export interface OpenPage {
  readonly page: Page;
  /** What the browser complained about: exceptions, refused by the policy, dialogs that a script opened. */
  readonly complaints: string[];
  close(): Promise<void>;
}

/** A page in a context of its own, so that nothing is remembered from another test. */
export async function openPage(
  browser: Browser,
  address: string,
  options: BrowserContextOptions = {},
): Promise<OpenPage> {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    reducedMotion: 'reduce',
    ...options,
  });
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  const complaints = complaintsOf(page);
  await page.goto(address);
  return { page, complaints, close: () => context.close() };
}

/** What the browser complains about from now on. */
function complaintsOf(page: Page): string[] {
  const complaints: string[] = [];
  page.on('pageerror', ({ message }) => complaints.push(message));
  page.on('dialog', (dialog) => {
    complaints.push(`a dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('console', (message) => {
    // A status that is no success is the page's business, and shown by it.
    if (message.type() === 'error' && !/Failed to load resource/.test(message.text()))
      complaints.push(message.text());
  });
  return complaints;
}

/**
 * Loads an address from nothing and waits until it has settled. Where only what is behind `#` differs, a browser loads nothing, and for a
 * moment what was there before looks as if it were the answer.
 */
export async function show(page: Page, address: string): Promise<void> {
  await page.goto('about:blank');
  await page.goto(address);
  await settled(page);
}

/** Nothing loads any more: the figures, or why there are none, are there. */
export async function settled(page: Page): Promise<void> {
  await page.locator('h1').first().waitFor();
  await page.locator('[aria-busy]').first().waitFor({ state: 'detached' });
}

export const phone: BrowserContextOptions = {
  viewport: { width: 360, height: 780 },
  hasTouch: true,
  isMobile: true,
};

const axeFile = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** What axe finds against WCAG 2.2 A and AA and its best practices, or against some of its rules only; a line each. */
export async function axeViolations(page: Page, rules?: readonly string[]): Promise<string[]> {
  // Not by a script element: the page's policy refuses those.
  await page.evaluate(readFileSync(axeFile, 'utf8'));
  return page.evaluate(async (only) => {
    interface Found {
      id: string;
      help: string;
      nodes: { html: string }[];
    }
    const { axe } = globalThis as unknown as {
      axe: { run(options: object): Promise<{ violations: Found[] }> };
    };
    const { violations } = await axe.run(
      only === undefined ? {} : { runOnly: { type: 'rule', values: only } },
    );
    return violations.map(
      ({ id, help, nodes }) =>
        `${id}: ${help} (${nodes.length}): ${nodes
          .slice(0, 3)
          .map(({ html }) => html)
          .join(' ')}`,
    );
  }, rules);
}
