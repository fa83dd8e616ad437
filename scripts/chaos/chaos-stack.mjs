import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { alertSources } from '../drill/alert-sources.mjs';
import { drillRules } from '../drill/drill-rules.mjs';
import { drillTraffic } from '../drill/drill-traffic.mjs';
import { startPipeline } from '../start/pipeline.mjs';
import { keepBooks } from './books.mjs';
import { plans } from './plan.mjs';
import { runFault } from './run-fault.mjs';
import { standInForCollector } from './stand-in.mjs';

export const replicas = 2;
/** A replica may write down times that are that far off. */
const clockMs = 2 * 3_600_000;
const onOrder = pathToFileURL(join(import.meta.dirname, 'on-order.mjs'));

/**
 * A whole pipeline with its own ports, data (`dataDir`), ledger, stand-in and visitors: nothing of it is shared with another. `folder`
 * is for files of the run. When it cannot be started, what has been started is stopped.
 */
export async function startChaosStack({ folder, say, ...settings }) {
  mkdirSync(folder, { recursive: true });
  const stops = [];
  const stop = async () => {
    for (const end of stops.reverse().splice(0)) {
      try {
        await end();
      } catch (error) {
        say(`  ${error.message}`);
      }
    }
  };
  try {
    const chaos = await startParts({ ...settings, folder, say, stops });
    return { run: (fault) => runFault(fault, chaos), stop };
  } catch (error) {
    say(error.message);
    await stop();
    throw error;
  }
}

async function startParts({ mode, rate, ports, dataDir, folder, signal, say, stops }) {
  const plan = plans[mode];
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
    dataDir,
    replicas,
    ports,
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
  const traffic = drillTraffic({ shops: () => pipeline.shops, tenants, rate });
  stops.push(() => traffic.pause());

  let replica = replicas;
  const pause = (seconds) => wait(seconds * 1000, undefined, { signal }).catch(() => undefined);
  const books = keepBooks({
    databaseUrl: addresses.postgres,
    prometheusUrl: addresses.prometheus,
    since: new Date(since.getTime() - clockMs),
    requests: traffic.answered,
  });
  // What a data folder has of an earlier run is nobody's fault.
  await books.close();
  return {
    ...{ plan, mode, say, signal, pipeline, addresses, standIn, traffic, pause, books },
    ...{ folder, disks, dataDir },
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
    sources: alertSources({
      prometheus: addresses.prometheus,
      alertmanager: addresses.alertmanager,
      notifications: pipeline.notifications?.address,
      readTokenFile: pipeline.secrets.readTokenFile,
    }),
  };
}
