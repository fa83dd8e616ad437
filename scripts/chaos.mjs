// `npm run chaos`: one fault after another, and whether a single increment was lost or counted twice. See npm run chaos -- --help
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { keepBooks } from './chaos/books.mjs';
import { faults } from './chaos/faults.mjs';
import { readChaosOptions } from './chaos/options.mjs';
import { plans } from './chaos/plan.mjs';
import { renderRows } from './chaos/render-rows.mjs';
import { runFault } from './chaos/run-fault.mjs';
import { standInForCollector } from './chaos/stand-in.mjs';
import { alertSources } from './drill/alert-sources.mjs';
import { drillRules } from './drill/drill-rules.mjs';
import { drillTraffic } from './drill/drill-traffic.mjs';
import { dataFolder } from './start/data-folder.mjs';
import { untilInterrupted } from './start/interrupt.mjs';
import { renderTable } from './start/live-table.mjs';
import { startPipeline } from './start/pipeline.mjs';

const names = faults.map(({ name }) => name);
const options = readChaosOptions(process.argv.slice(2), names);
const mode = options.quick ? 'quick' : 'full';
const plan = plans[mode];
const replicas = 2;
/** A replica may write down times that are that far off. */
const clockMs = 2 * 3_600_000;
const onOrder = pathToFileURL(join(import.meta.dirname, 'chaos/on-order.mjs'));
const say = (text) => process.stderr.write(`${text}\n`);

if (options.list) list();
else await main();

function list() {
  const rows = faults.map(({ name, quick, fault, means }) => ({
    name,
    quick: quick ? 'yes' : '',
    fault,
    promise: means,
  }));
  process.stdout.write(
    options.json ? `${JSON.stringify(rows, null, 2)}\n` : `${renderTable(rows).join('\n')}\n`,
  );
}

async function main() {
  const signal = untilInterrupted(say);
  const data = dataFolder(options.dataDir, say);
  const folder = mkdtempSync(join(tmpdir(), 'bellwether-chaos-'));
  const stops = [() => rmSync(folder, { recursive: true, force: true })];
  try {
    process.exitCode = await run({ signal, data, folder, stops });
  } catch (error) {
    say(`npm run chaos: ${error.message}`);
    process.exitCode = 1;
  } finally {
    for (const stop of stops.reverse()) {
      try {
        await stop();
      } catch (error) {
        say(`npm run chaos: ${error.message}`);
      }
    }
    data.leave(process.exitCode === 0);
  }
}

async function run({ signal, data, folder, stops }) {
  // The stand-in knows its Collector once the stack runs; the shop is started with the stand-in's address.
  const standIn = await standInForCollector();
  stops.push(() => standIn.close());
  const orderFile = join(folder, 'order');
  // Those of a fault that was not cleaned up are let go once nothing is written any more.
  const disks = [];
  stops.push(() => {
    for (const disk of disks) disk.unmount();
  });
  const pipeline = await startPipeline({
    dataDir: data.path,
    replicas,
    signal,
    say,
    onProblem: (problem) => say(`  ${problem}`),
    onStack: ({ collectorHttp }) => standIn.target(collectorHttp),
    stackSettings: {
      ...plan.stackSettings,
      rulesFolder: drillRules(join(folder, 'rules'), plan.timeScale).folder,
    },
    shopEnvironment: {
      OTEL_EXPORTER_OTLP_ENDPOINT: standIn.url,
      OTEL_METRIC_EXPORT_INTERVAL: String(plan.exportMs),
      NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} --import=${onOrder}`,
      CHAOS_ORDER_FILE: orderFile,
      // None is abandoned: the ledger stands still while it is compared.
      SHOP_CART_IDLE_SECONDS: '86400',
    },
    notificationsEnvironment: {
      OTEL_METRIC_EXPORT_INTERVAL: String(plan.exportMs),
      NOTIFICATIONS_HEARTBEAT_SECONDS: String(plan.heartbeatSeconds),
    },
  });
  stops.push(() => pipeline.stop());
  const { addresses, tenants, since } = pipeline;
  const traffic = drillTraffic({ shops: () => pipeline.shops, tenants, rate: options.rate });
  stops.push(() => traffic.pause());

  let replica = replicas;
  const pause = (seconds) => wait(seconds * 1000, undefined, { signal }).catch(() => undefined);
  const chaos = {
    ...{ plan, mode, say, signal, pipeline, addresses, standIn, traffic, pause },
    ...{ folder, disks, dataDir: data.path },
    seconds: { calm: plan.settleSeconds },
    toldSince: new Map(),
    someExports: () => pause((4 * plan.exportMs) / 1000),
    /** Tells the oldest replica what to do (on-order.mjs). */
    order(text) {
      writeFileSync(orderFile, text);
      process.kill(pipeline.shops[0].pid, 'SIGUSR2');
    },
    async endShop(how, order = '') {
      writeFileSync(orderFile, order);
      const began = performance.now();
      const exit = await pipeline.stopShop(how);
      return { ...exit, seconds: (performance.now() - began) / 1000 };
    },
    startShop: () => {
      replica += 1;
      return pipeline.startShop(replica);
    },
    books: keepBooks({
      databaseUrl: addresses.postgres,
      prometheusUrl: addresses.prometheus,
      since: new Date(since.getTime() - clockMs),
      requests: traffic.answered,
    }),
    sources: alertSources({
      prometheus: addresses.prometheus,
      alertmanager: addresses.alertmanager,
      notifications: pipeline.notifications?.address,
      readTokenFile: pipeline.secrets.readTokenFile,
    }),
  };
  // What a data folder has of an earlier run is nobody's fault.
  await chaos.books.close();
  const rows = [];
  for (const fault of chosen()) {
    if (signal.aborted) break;
    try {
      rows.push(await runFault(fault, chaos));
    } catch (error) {
      // Such as a server that does not come back: what would follow says nothing.
      rows.push({ fault: fault.name, ok: false, why: [error.message] });
      break;
    }
  }
  if (signal.aborted) return 1;
  const ok = rows.every((row) => row.ok);
  const { exportMs, timeScale } = plan;
  process.stdout.write(
    options.json
      ? `${JSON.stringify({ ok, mode, exportMs, timeScale, rate: options.rate, replicas, rows }, null, 2)}\n`
      : renderRows(rows),
  );
  return ok ? 0 : 1;
}

function chosen() {
  const isRoot = process.getuid?.() === 0;
  return faults.filter(({ name, quick, root }) => {
    if (options.only !== undefined) return options.only.includes(name);
    if (root && !isRoot) say(`${name} is left out: it needs root`);
    return (quick || !options.quick) && (isRoot || !root);
  });
}
