// `npm run soak`: does a service with the SDK stay as it is, hour after hour? See npm run soak -- --help
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { startOtlpReceiver } from '../packages/testkit/dist/index.js';
import { arrivals } from './soak/arrivals.mjs';
import { startCollector } from './soak/collector.mjs';
import { judge } from './soak/judge.mjs';
import { startLoad } from './soak/load.mjs';
import { readSoakOptions } from './soak/options.mjs';
import { soakPlan } from './soak/plan.mjs';
import { renderSoak } from './soak/render.mjs';
import { startTwin } from './soak/twin.mjs';
import { untilInterrupted } from './start/interrupt.mjs';

const options = readSoakOptions(process.argv.slice(2));
const plan = soakPlan(options);
const say = (text) => process.stderr.write(`${text}\n`);
const signal = untilInterrupted(say);
const dataDir = mkdtempSync(join(tmpdir(), 'bellwether-soak-'));
const seriesMs = Math.max(plan.exportMs * 2, plan.sampleMs);
const settleSeconds = 30;

const running = [];
try {
  process.exitCode = await run();
} catch (error) {
  say(`npm run soak: ${error.message}`);
  process.exitCode = 1;
} finally {
  for (const part of running.reverse()) await part.stop();
  rmSync(dataDir, { recursive: true, force: true });
}

async function run() {
  const receiver = await startOtlpReceiver();
  running.push({ stop: () => receiver.close() });
  const arrived = arrivals(receiver);
  const collector = await startCollector({ receiver, quick: options.quick, dataDir, signal });
  running.push(collector);
  const twins = {
    sdk: await startTwin({ telemetry: telemetryOf(collector.url), leak: options.leak }),
    bare: await startTwin({ leak: options.leak }),
  };
  running.push(twins.sdk, twins.bare);
  const load = startLoad({ ...plan, rate: options.rate, ports: [twins.sdk.port, twins.bare.port] });
  running.push(load);
  const samples = await watch({ twins, arrived, collector });

  await load.stop();
  const [ours, bare] = load.twins;
  const cpu = { sdk: samples.at(-1).sdk.cpu, bare: samples.at(-1).bare.cpu };
  const ended = await twins.sdk.stop();
  const orders = { placed: ours.orders, received: await ordersReceived(arrived, ours.orders) };
  const { rows, delay, broken } = judge(samples, { ...plan, quick: options.quick });
  if (ended.signal !== 'SIGTERM')
    broken.push(`the service ended by ${ended.signal ?? ended.code}, not by SIGTERM`);
  // A client without an answer does not know whether the order was placed.
  const unknown = ours.failed + ours.cutOff;
  if (orders.received < orders.placed || orders.received > orders.placed + unknown)
    broken.push(`${orders.placed} orders were placed, ${orders.received} arrived`);
  const open = arrived.openRequests();
  if (open !== 0) broken.push(`${open} requests are still counted as active`);
  // A machine that is overloaded resets a connection now and then, whoever listens.
  const unknownBare = bare.failed + bare.cutOff;
  if (unknown > unknownBare + ours.sent / 500)
    broken.push(`${unknown} requests got no answer with the SDK, ${unknownBare} without`);
  const printed = twins.sdk.lines();
  const odd = printed.filter((line) => !/\[ERR_EXPORT(_DROPPED)?\]$/.test(line));
  broken.push(...odd.map((line) => `printed: ${line}`));
  const result = {
    seconds: samples.at(-1).seconds,
    warmUp: plan.warmUp,
    rate: options.rate,
    outage: plan.outage.seconds,
    rows,
    delay,
    requests: { sdk: ours, bare },
    cpu,
    orders,
    printed,
    broken: signal.aborted ? [...broken, 'interrupted'] : broken,
  };
  process.stdout.write(
    options.json
      ? `${JSON.stringify({ ...result, samples }, withoutConnections, 2)}\n`
      : renderSoak(result),
  );
  return result.broken.length === 0 ? 0 : 1;
}

/** Samples both until the time is over, with the outage in the middle. */
async function watch({ twins, arrived, collector }) {
  const samples = [];
  const began = performance.now();
  const now = () => (performance.now() - began) / 1_000;
  let series;
  let counted = 0;
  let said = 0;
  const outage = { begins: plan.outage.from, ends: plan.outage.from + plan.outage.seconds };
  while (now() < options.seconds && !signal.aborted) {
    await wait(plan.sampleMs, undefined, { signal }).catch(() => undefined);
    const seconds = now();
    const [sdk, bare] = await Promise.all([twins.sdk.sample(), twins.bare.sample()]);
    if (seconds - counted >= seriesMs / 1_000) {
      series = arrived.series();
      counted = seconds;
    }
    samples.push({ seconds, sdk: { ...sdk, series }, bare });
    if (seconds >= outage.begins) {
      outage.begins = Number.POSITIVE_INFINITY;
      say(`${seconds.toFixed(0)} s: the Collector is stopped for ${plan.outage.seconds} s`);
      await collector.down();
    }
    if (seconds >= outage.ends) {
      outage.ends = Number.POSITIVE_INFINITY;
      await collector.up();
      say(`${seconds.toFixed(0)} s: the Collector is back`);
    }
    if (seconds - said >= 60) {
      said = seconds;
      say(
        `${seconds.toFixed(0)} s: heap ${sdk.heap.toFixed(1)} MiB (bare ${bare.heap.toFixed(1)}), ` +
          `${sdk.descriptors} descriptors (bare ${bare.descriptors}), ${series ?? 0} series`,
      );
    }
  }
  return samples;
}

/** The total of all tenants, when it is all there or will not come any more. */
async function ordersReceived(arrived, placed) {
  const deadline = performance.now() + settleSeconds * 1_000;
  while (arrived.orders() < placed && performance.now() < deadline) await wait(100);
  return arrived.orders();
}

function withoutConnections(key, value) {
  return key === 'agent' || key === 'open' ? undefined : value;
}

function telemetryOf(url) {
  return {
    OTEL_EXPORTER_OTLP_ENDPOINT: url,
    OTEL_SERVICE_NAME: 'soak',
    OTEL_METRIC_EXPORT_INTERVAL: String(plan.exportMs),
    BELLWETHER_PREAMBLE: 'false',
    BELLWETHER_TENANT_BUDGET: String(plan.budget),
    BELLWETHER_TENANT_IDLE: String(plan.idleSeconds),
  };
}
