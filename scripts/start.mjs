// `npm start`: the whole pipeline and a shop with three tenants under load. See npm start -- --help
import {
  compareWithLedger,
  readPrometheus,
  renderComparison,
} from '../examples/shop/dist/ledger/index.js';
import { dataFolder } from './start/data-folder.mjs';
import { demoLogins, renderLogins } from './start/demo-logins.mjs';
import { stoppedEarly, untilInterrupted } from './start/interrupt.mjs';
import { createLiveTable } from './start/live-table.mjs';
import { readOptions } from './start/options.mjs';
import { startPipeline } from './start/pipeline.mjs';
import { requestsByTenant } from './start/requests-by-tenant.mjs';
import { tenantOverview } from './start/tenant-overview.mjs';
import { startTraffic } from './start/traffic.mjs';

const options = readOptions(process.argv.slice(2));
const settleSeconds = 60;
const say = (text) => process.stderr.write(`${text}\n`);

const data = dataFolder(options.dataDir, say);
const interrupted = untilInterrupted(say);
const broken = new AbortController();
const stopTraffic = AbortSignal.any([interrupted, broken.signal]);
const problems = [];
if (options.services) {
  const { startAsServices } = await import('./start/services/start-as-services.mjs');
  process.exitCode = await startAsServices({ options, data, interrupted, say });
} else {
  process.exitCode = await startShop();
}

async function startShop() {
  let pipeline;
  let isRunning = false;
  let code = 1;
  try {
    pipeline = await startPipeline({
      dataDir: data.path,
      replicas: options.replicas,
      signal: interrupted,
      say,
      onProblem: (problem) => {
        problems.push(problem);
        broken.abort();
      },
    });
    isRunning = !interrupted.aborted;
    if (isRunning) code = await run(pipeline);
  } catch (error) {
    if (isRunning || !interrupted.aborted) say(`npm start: ${error.message}`);
  } finally {
    await pipeline?.stop();
    if (!isRunning && interrupted.aborted) say(stoppedEarly);
    data.leave(code === 0 || (!isRunning && interrupted.aborted));
  }
  return code;
}

async function run({ addresses, shops, notifications, tenants, since }) {
  const open = {
    ...Object.fromEntries(shops.map(({ name, address }) => [name, address])),
    ...(notifications && { notifications: notifications.address }),
    prometheus: addresses.prometheus,
    alertmanager: addresses.alertmanager,
    'collector (OTLP/HTTP)': addresses.collectorHttp,
    data: data.path,
  };
  for (const [name, address] of Object.entries(open)) {
    say(`  ${name.padEnd(22)} ${address}${worthOpening(name)}`);
  }
  const logins = await demoLogins(addresses.postgres, data.path);
  // Where a program reads along, the file has to do: its output is kept.
  if (!options.json && shops[0] !== undefined) say(renderLogins(shops[0].address, logins));
  say(
    options.seconds === undefined
      ? 'Ctrl-C stops everything.\n'
      : `Load for ${options.seconds} s; Ctrl-C stops earlier.\n`,
  );

  const table = createLiveTable();
  const live = setInterval(() => {
    readPrometheus(addresses.prometheus, { since }).then(
      (entries) => {
        if (!stopTraffic.aborted)
          table.print(
            'What Prometheus says, per tenant (new numbers every 5 s)',
            tenantOverview(entries),
          );
      },
      () => undefined,
    );
  }, 5_000);
  const { rate, seconds, seed } = options;
  const summaries = await startTraffic({
    ...{ shops, tenants, rate, seconds, seed },
    signal: stopTraffic,
  }).finally(() => clearInterval(live));

  say('Stopping the shop: what it has measured is exported before it ends ...');
  for (const shop of shops) {
    const { code, signal } = await shop.stop();
    if (code !== 0)
      problems.push(`${shop.name} ended with ${signal ?? `exit code ${code}`} after SIGTERM`);
  }
  const comparison = await compareWithLedger({
    databaseUrl: addresses.postgres,
    prometheusUrl: addresses.prometheus,
    since,
    requestsByTenant: requestsByTenant(summaries),
    timeoutMs: settleSeconds * 1000,
  });
  report(open, summaries, comparison);
  return comparison.equal && problems.length === 0 ? 0 : 1;
}

/** What a browser finds something at. Prometheus built from its Go module has an API but no pages. */
function worthOpening(name) {
  if (name.startsWith('shop-')) return '/healthz/metrics';
  return name === 'prometheus' ? '/api/v1/query?query=commerce_orders_total' : '';
}

function report(addresses, summaries, { equal, rows }) {
  if (options.json) {
    process.stdout.write(
      `${JSON.stringify({ equal, problems, addresses, traffic: summaries, rows }, null, 2)}\n`,
    );
    return;
  }
  process.stdout.write(`${renderComparison(rows)}\n\n`);
  const wrong = rows.filter((row) => !row.equal).length;
  process.stdout.write(
    equal ? `${rows.length} rows, all equal.\n` : `${wrong} of ${rows.length} rows differ.\n`,
  );
  for (const problem of problems) process.stdout.write(`${problem}\n`);
}
