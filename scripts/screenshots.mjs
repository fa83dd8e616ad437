// `npm run screenshots`: the admin area in a real browser, with the whole stack and the shop under load. See
// npm run screenshots -- --help
import { randomBytes } from 'node:crypto';
import { copyFileSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { startBrowser } from '../packages/testkit/dist/browser.js';
import { awaitFiring } from './screenshots/await-firing.mjs';
import { logIn } from './screenshots/log-in.mjs';
import { readScreenshotOptions } from './screenshots/options.mjs';
import { createCamera } from './screenshots/pictures.mjs';
import { renderRows } from './screenshots/render-rows.mjs';
import { silenceAnAlert } from './screenshots/silence-an-alert.mjs';
import { devices, docsPictures, placesOf, roles, themes } from './screenshots/tour.mjs';
import { dataFolder } from './start/data-folder.mjs';
import { demoLogins } from './start/demo-logins.mjs';
import { untilInterrupted } from './start/interrupt.mjs';
import { startPipeline } from './start/pipeline.mjs';
import { poll } from './start/poll.mjs';
import { startTraffic } from './start/traffic.mjs';

/** So many requests of this tenant fail that its own alert fires, and so few of all that the service's does not. */
const fault = { errorRatio: 0.04, onlyTenants: ['acme'] };
const alert = 'TenantErrorBudgetBurning';

const options = readScreenshotOptions(process.argv.slice(2));
const say = (text) => process.stderr.write(`${text}\n`);
const signal = untilInterrupted(say);
const data = dataFolder(options.dataDir, say);
const out = resolve(options.out);
mkdirSync(out, { recursive: true });
const stopTraffic = new AbortController();
let pipeline;
let traffic;
let browser;
try {
  process.exitCode = await run();
} catch (error) {
  if (!signal.aborted) say(`npm run screenshots: ${error.stack}`);
  process.exitCode = 1;
} finally {
  await browser?.close();
  stopTraffic.abort();
  await traffic;
  await pipeline?.stop();
  data.leave(process.exitCode === 0);
}

async function run() {
  const problems = [];
  const adminToken = randomBytes(24).toString('hex');
  pipeline = await startPipeline({
    dataDir: data.path,
    replicas: 2,
    signal,
    say,
    onProblem: (problem) => problems.push(problem),
    shopEnvironment: { SHOP_ADMIN_TOKEN: adminToken },
  });
  const { shops, tenants, addresses } = pipeline;
  const { logins } = await demoLogins(addresses.postgres, data.path);
  traffic = startTraffic({
    ...{ shops, tenants, rate: options.rate, seed: 1 },
    signal: AbortSignal.any([signal, stopTraffic.signal]),
  });
  const address = shops[0].address;
  say(`The shop is under load; the first pictures are taken after ${options.warmSeconds} s.`);
  const began = performance.now();
  await wait(20_000, undefined, { signal });
  await breakShop(address, adminToken);
  await awaitFiring({ alertmanager: addresses.alertmanager, alert, seconds: 600, signal });
  say(`  ${alert} fires`);
  const left = options.warmSeconds * 1_000 - (performance.now() - began);
  if (left > 0) await wait(left, undefined, { signal });

  browser = await startBrowser();
  const rows = [];
  // Not from the first request on: churn and the like compare with what was there at the beginning.
  const since = Date.now() / 1_000 - Math.max(60, options.warmSeconds - 100);
  const common = { address, out, say, rows, since };
  for (const { role, email } of roles)
    for (const device of devices) {
      const login = logins.find((one) => one.email === email);
      const camera = await createCamera({ ...common, browser, role, device });
      await logIn({ camera, login });
      // Once, and before the others look at it.
      if (role === 'super-admin' && device.name === 'desktop')
        await silenceAnAlert({
          ...{ camera, alert, tenant: fault.onlyTenants[0] },
          alertmanager: addresses.alertmanager,
        });
      for (const theme of themes)
        for (const place of await placesOf(camera, role)) {
          if (signal.aborted) return 1;
          await camera.visit({ theme, ...place });
        }
      await camera.close();
    }
  if (options.docs) {
    const docs = fileURLToPath(new URL('../docs/images/admin/', import.meta.url));
    for (const [name, taken] of Object.entries(docsPictures))
      copyFileSync(join(out, taken), join(docs, name));
  }
  process.stdout.write(
    options.json
      ? `${JSON.stringify({ out, problems, rows }, null, 2)}\n`
      : renderRows(rows, { out, problems }),
  );
  return rows.every(({ ok }) => ok) && problems.length === 0 ? 0 : 1;
}

/** Redis, which holds the plan, may be slow to answer while everything starts. */
async function breakShop(address, token) {
  const taken = await poll(60, signal, async () => {
    const response = await fetch(`${address}/admin/faults`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(fault),
    });
    return response.ok;
  });
  if (!taken) throw new Error('Expected the shop to take the fault within 60 s, it does not');
}
