// `npm start`: the whole pipeline and a shop with three tenants under load. See npm start -- --help
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { prepareDatabase } from '../examples/shop/dist/database/index.js';
import {
  compareWithLedger,
  readPrometheus,
  renderComparison,
} from '../examples/shop/dist/ledger/index.js';
import { runTraffic } from '../examples/shop/dist/traffic/index.js';
import { startStack } from '../packages/cli/dist/index.js';
import { createLiveTable } from './start/live-table.mjs';
import { readOptions } from './start/options.mjs';
import { progressLines } from './start/progress-lines.mjs';
import { startShop } from './start/shop-processes.mjs';
import { tenantOverview } from './start/tenant-overview.mjs';

const options = readOptions(process.argv.slice(2));
const settleSeconds = 60;
const say = (text) => process.stderr.write(`${text}\n`);

const dataDir =
  options.dataDir === undefined
    ? mkdtempSync(join(tmpdir(), 'bellwether-'))
    : resolve(options.dataDir);
const stopTraffic = new AbortController();
const interrupted = new AbortController();
const problems = [];
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    if (interrupted.signal.aborted) return;
    say(`\n${signal}: stopping ...`);
    interrupted.abort();
    stopTraffic.abort();
  });
}

let stack;
const shops = [];
try {
  process.exitCode = await run();
} catch (error) {
  say(`npm start: ${error.message}`);
  process.exitCode = 1;
} finally {
  await stopAll();
}

async function run() {
  stack = await startStack({
    dataDir,
    signal: interrupted.signal,
    onProgress: progressLines(say),
    onServiceExit: ({ name, exit }) => {
      problems.push(`${name} ended by itself: ${exit.lastLines.join(' | ')}`);
      stopTraffic.abort();
    },
  });
  const { addresses } = stack;
  const since = new Date();
  const { tenants } = await prepareDatabase(addresses.postgres, { keyName: 'start' });
  const environment = {
    DATABASE_URL: addresses.postgres,
    REDIS_URL: addresses.redis,
    JWT_SECRET: randomBytes(32).toString('hex'),
    OTEL_SERVICE_NAME: 'shop',
    OTEL_RESOURCE_ATTRIBUTES: 'service.namespace=bellwether,deployment.environment.name=local',
    OTEL_EXPORTER_OTLP_ENDPOINT: addresses.collectorHttp,
    OTEL_METRIC_EXPORT_INTERVAL: '5000',
    LOG_LEVEL: 'info',
  };
  for (let number = 1; number <= options.replicas && !interrupted.signal.aborted; number += 1) {
    const onExit = (problem) => {
      problems.push(problem);
      stopTraffic.abort();
    };
    shops.push(
      await startShop({
        name: `shop-${number}`,
        environment,
        logFolder: join(dataDir, 'logs'),
        onExit,
      }),
    );
  }
  const open = {
    ...Object.fromEntries(shops.map(({ name, address }) => [name, address])),
    prometheus: addresses.prometheus,
    alertmanager: addresses.alertmanager,
    'collector (OTLP/HTTP)': addresses.collectorHttp,
    data: dataDir,
  };
  for (const [name, address] of Object.entries(open)) {
    say(`  ${name.padEnd(22)} ${address}${worthOpening(name)}`);
  }
  say(
    options.seconds === undefined
      ? 'Ctrl-C stops everything.\n'
      : `Load for ${options.seconds} s; Ctrl-C stops earlier.\n`,
  );

  const table = createLiveTable();
  const live = setInterval(() => {
    readPrometheus(addresses.prometheus, { since }).then(
      (entries) => {
        if (!stopTraffic.signal.aborted)
          table.print(
            'What Prometheus says, per tenant (new numbers every 5 s)',
            tenantOverview(entries),
          );
      },
      () => undefined,
    );
  }, 5_000);
  const summaries = await Promise.all(
    shops.map(({ address }, index) =>
      runTraffic({
        target: address,
        tenants,
        ratePerSecond: options.rate / shops.length,
        durationSeconds: options.seconds ?? 86_400,
        seed: options.seed + index,
        signal: stopTraffic.signal,
      }),
    ),
  ).finally(() => clearInterval(live));

  say('Stopping the shop: what it has measured is exported before it ends ...');
  for (const shop of shops) {
    const { code, signal } = await shop.stop();
    if (code !== 0)
      problems.push(`${shop.name} ended with ${signal ?? `exit code ${code}`} after SIGTERM`);
  }
  const requestsByTenant = {};
  for (const { tenants: tallies } of summaries) {
    for (const [id, { requests }] of Object.entries(tallies))
      requestsByTenant[id] = (requestsByTenant[id] ?? 0) + requests;
  }
  const comparison = await compareWithLedger({
    databaseUrl: addresses.postgres,
    prometheusUrl: addresses.prometheus,
    since,
    requestsByTenant,
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

async function stopAll() {
  await Promise.allSettled(shops.map((shop) => shop.stop()));
  await stack?.stop({ volumes: false });
  if (options.dataDir === undefined && process.exitCode === 0)
    rmSync(dataDir, { recursive: true, force: true });
  else if (stack !== undefined) say(`Data and logs are in ${dataDir}`);
}
