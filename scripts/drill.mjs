// `npm run drill`: every alert that wakes somebody up is made to. See npm run drill -- --help
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { alertSources } from './drill/alert-sources.mjs';
import { drillRules } from './drill/drill-rules.mjs';
import { drillTraffic } from './drill/drill-traffic.mjs';
import { faults } from './drill/faults.mjs';
import { createGate } from './drill/gate.mjs';
import { readDrillOptions } from './drill/options.mjs';
import { answerPhone } from './drill/phone.mjs';
import { renderRows } from './drill/render-rows.mjs';
import { runFault, untilCalm } from './drill/run-fault.mjs';
import { dataFolder } from './start/data-folder.mjs';
import { untilInterrupted } from './start/interrupt.mjs';
import { startPipeline } from './start/pipeline.mjs';
import { watchedMariadb } from './start/watched-mariadb.mjs';

const options = readDrillOptions(process.argv.slice(2));
const say = (text) => process.stderr.write(`${text}\n`);
const signal = untilInterrupted(say);
const data = dataFolder(options.dataDir, say);
const folder = mkdtempSync(join(tmpdir(), 'bellwether-drill-'));
const timing = {
  scrapeInterval: '1s',
  evaluationInterval: '1s',
  ruleQueryOffset: '2s',
  resendDelay: '5s',
};
const exportMs = 1000;
const queueItems = 4000;
const heartbeatSeconds = 10;
/** Longest waits of one fault. */
const seconds = { tell: 240, resolve: 240, calm: 180 };

let pipeline;
let gate;
let phone;
let traffic;
let mariadb;
const drill = { say, signal, seconds, folder };
try {
  process.exitCode = await run();
} catch (error) {
  say(`npm run drill: ${error.message}`);
  process.exitCode = 1;
} finally {
  await traffic?.pause();
  drill.disk?.unmount();
  await pipeline?.stop();
  await mariadb?.end();
  gate?.close();
  phone?.close();
  rmSync(folder, { recursive: true, force: true });
  data.leave(process.exitCode === 0);
}

async function run() {
  const rules = drillRules(join(folder, 'rules'), options.timeScale);
  // Alerts of the notification service itself page too: it raises this one.
  const paging = [
    ...rules.alerts.filter(({ severity }) => severity === 'critical').map(({ name }) => name),
    'HeartbeatMissing',
  ];
  const all = chooseFaults(paging);
  say(
    `Durations of the rules divided by ${options.timeScale}; scrape and evaluation every 1 s, export every ${exportMs / 1000} s, ` +
      `a queue of ${queueItems} items, a heartbeat missing after ${heartbeatSeconds} s.`,
  );
  gate = await createGate();
  phone = await answerPhone(folder);
  mariadb = await watchedMariadb(say);
  const adminToken = randomBytes(24).toString('hex');
  pipeline = await startPipeline({
    dataDir: data.path,
    replicas: 2,
    signal,
    say,
    onProblem: (problem) => say(`  ${problem}`),
    stackSettings: {
      rulesFolder: rules.folder,
      ...(mariadb && { mysql: mariadb.plan }),
      prometheusTiming: timing,
      alertmanagerTiming: { groupWait: '1s', groupInterval: '2s', heartbeatInterval: '2s' },
      collector: {
        exportUrl: `http://127.0.0.1:${gate.port}/api/v1/otlp/v1/metrics`,
        queueItems,
      },
    },
    shopEnvironment: {
      SHOP_ADMIN_TOKEN: adminToken,
      OTEL_METRIC_EXPORT_INTERVAL: String(exportMs),
    },
    notificationsEnvironment: {
      OTEL_METRIC_EXPORT_INTERVAL: String(exportMs),
      NOTIFICATIONS_CHANNELS_FILE: phone.planFile,
      NOTIFICATIONS_MESSAGES_PER_MINUTE: '600',
      NOTIFICATIONS_HEARTBEAT_SECONDS: String(heartbeatSeconds),
    },
  });
  if (pipeline.addresses.mysqlExporter !== undefined) {
    await mariadb.start();
    drill.mariadb = mariadb;
  }
  gate.open(new URL(pipeline.addresses.prometheus).port);
  traffic = drillTraffic({
    shops: () => pipeline.shops,
    tenants: pipeline.tenants,
    rate: options.rate,
  });
  traffic.resume();
  Object.assign(drill, { pipeline, gate, phone, traffic, setFaults: faultSetter(adminToken) });
  drill.sources = alertSources({
    prometheus: pipeline.addresses.prometheus,
    alertmanager: pipeline.addresses.alertmanager,
    notifications: pipeline.notifications.address,
    readTokenFile: pipeline.secrets.readTokenFile,
  });

  const chosen = all.filter(({ needs }) => needs === undefined || drill[needs] !== undefined);
  for (const { fault, alerts, needs } of all.filter((each) => !chosen.includes(each)))
    say(
      `Not tried: ${fault} (${alerts.map(({ name }) => name).join(', ')}); there is no ${needs} here.`,
    );
  say('The shop is under load; waiting until there is something to compare with ...');
  await wait((4_200 / options.timeScale) * 1000, undefined, { signal }).catch(() => undefined);
  const rows = [];
  for (const fault of chosen) {
    if (signal.aborted) break;
    await untilCalm(fault, drill);
    rows.push(...(await runFault(fault, drill)));
  }
  const covered = new Set(faults.flatMap(({ alerts }) => alerts));
  const missing = paging.filter((name) => !covered.has(name));
  process.stdout.write(
    options.json
      ? `${JSON.stringify({ timeScale: options.timeScale, timing, rows, missing }, null, 2)}\n`
      : renderRows(rows, missing),
  );
  return signal.aborted || missing.length > 0 || rows.some(({ ok }) => !ok) ? 1 : 0;
}

function chooseFaults(paging) {
  const unknown = (options.only ?? []).filter((name) => !paging.includes(name));
  if (unknown.length > 0)
    throw new Error(
      `Expected --only to name alerts that page (${paging.join(', ')}), got ${unknown.join(', ')}`,
    );
  return faults
    .map((fault) => ({
      ...fault,
      alerts: fault.alerts
        .filter((name) => options.only === undefined || options.only.includes(name))
        .map((name) => ({ name, severity: 'critical' })),
    }))
    .filter(({ alerts }) => alerts.length > 0);
}

/** Sets what is wrong inside of the shop; the replicas follow within a second. */
function faultSetter(adminToken) {
  return async (plan) => {
    const response = await fetch(`${pipeline.shops[0].address}/admin/faults`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' },
      body: JSON.stringify(plan),
    });
    if (!response.ok)
      throw new Error(`Expected the shop to take the fault, got ${response.status}`);
  };
}
