import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../start/free-port.mjs';
import { poll } from '../start/poll.mjs';
import { byLabel } from './ask.mjs';
import { queued, startCollector, startTiers } from './collectors.mjs';
import { blocksIn, folderBytes } from './folder-bytes.mjs';
import { seriesLoad } from './series-load.mjs';
import { startServer } from './server-process.mjs';
import { startThanos } from './thanos.mjs';

/** Both ways to keep the same series: one Prometheus behind one Collector, and Thanos behind two tiers. */
const layouts = { 'one machine': oneMachine, thanos: threeReceivers };

/** What each layout costs under growing load, a row for each layout and load; each begins empty. */
export async function costPart({ folder, programs, plan, say, signal }) {
  const rows = [];
  for (const [layout, build] of Object.entries(layouts)) {
    for (let factor = 1; factor <= plan.mostFactor && !signal.aborted; factor *= 2) {
      const row = await oneLoad({ layout, build, factor, folder, programs, plan, say, signal });
      rows.push(row);
      say(
        `  ${layout}, x${factor}: ${row.series} series, ${row.samplesPerSecond} samples/s, ${row.held ? 'held' : 'NOT held'}`,
      );
      if (!row.held) break;
    }
  }
  return rows;
}

async function oneLoad({ layout, build, factor, folder, programs, plan, say, signal }) {
  const own = join(folder, `${layout.replace(' ', '-')}-${factor}`);
  mkdirSync(own, { recursive: true });
  const stops = [];
  say(`\n${layout} under ${factor * plan.series} series ...`);
  try {
    const stack = await build({ folder: own, programs, signal, stops });
    const load = seriesLoad({
      ...{ url: stack.url, series: factor * plan.series, everySeconds: plan.everySeconds, signal },
    });
    // The first samples make the series: that is not the cost of keeping them.
    await load.run(2 * plan.everySeconds);
    await drained(stack, plan, signal);
    const idle = stack.servers.map((server) => server.cpuSeconds());
    const [began, sentBefore] = [performance.now(), load.sent()];
    await load.run(plan.loadSeconds);
    const seconds = (performance.now() - began) / 1_000;
    const samples = load.sent() - sentBefore;
    const lag = await drained(stack, plan, signal);
    const cpu = stack.servers.map((server, index) => server.cpuSeconds() - idle[index]);
    const memory = stack.servers.map((server) => server.memoryBytes());
    const ledger = load.ledger();
    const read = () =>
      byLabel(
        stack.query,
        'sum by (tenant_id) (last_over_time(scale_load_total[30m]))',
        'tenant_id',
      );
    const asked = performance.now();
    let found = await read();
    const querySeconds = (performance.now() - asked) / 1_000;
    const equal = await poll(plan.settleSeconds, signal, async () => {
      found = await read();
      return sameNumbers(ledger, found);
    });
    const disk = await stack.disk();
    const sum = (numbers) => numbers.reduce((all, one) => all + one, 0);
    const of = (role, numbers) =>
      sum(numbers.filter((_, index) => stack.servers[index].role === role));
    return {
      layout,
      factor,
      series: load.series,
      samplesPerSecond: Math.round(samples / seconds),
      lateTicks: load.late(),
      failedRequests: load.failed(),
      lagSeconds: lag,
      held: equal && load.failed() === 0 && load.late() === 0 && lag <= plan.everySeconds,
      ledgerEqual: equal,
      cpuSeconds: {
        collectors: of('collector', cpu),
        storage: of('storage', cpu),
        query: of('query', cpu),
      },
      memoryBytes: {
        collectors: of('collector', memory),
        storage: of('storage', memory),
        query: of('query', memory),
      },
      perMillionSamples: { cpuSeconds: (sum(cpu) / samples) * 1e6 },
      perMillionSeries: { memoryBytes: (sum(memory) / load.series) * 1e6 },
      querySeconds,
      ...disk,
    };
  } finally {
    for (const stop of stops.reverse()) await stop();
  }
}

async function oneMachine({ folder, programs, signal, stops }) {
  const port = await freePort();
  const data = join(folder, 'prometheus');
  const url = `http://127.0.0.1:${port}`;
  const prometheus = await startServer({
    name: 'prometheus',
    file: programs.prometheus,
    args: [
      `--config.file=${programs.prometheusConfig}`,
      `--storage.tsdb.path=${data}`,
      `--web.listen-address=127.0.0.1:${port}`,
      ...['--web.enable-otlp-receiver', '--web.enable-admin-api', '--log.format=json'],
      '--enable-feature=created-timestamp-zero-ingestion,exemplar-storage',
    ],
    logFolder: join(folder, 'logs'),
    readyUrl: `${url}/-/ready`,
    signal,
  });
  stops.push(() => prometheus.stop());
  const collector = await startCollector({
    ...{ name: 'collector', config: 'config.yaml', folder, programs, signal, stops },
    env: { BELLWETHER_PROMETHEUS_OTLP_URL: `${url}/api/v1/otlp/v1/metrics` },
  });
  return {
    url: collector.url,
    query: url,
    collectors: [collector],
    servers: [withRole(prometheus, 'storage'), withRole(collector.server, 'collector')],
    async disk() {
      const { data: snapshot } = await (
        await fetch(`${url}/api/v1/admin/tsdb/snapshot`, { method: 'POST' })
      ).json();
      return diskOf(
        blocksIn(join(data, 'snapshots', snapshot.name)),
        folderBytes(join(data, 'wal')),
      );
    },
  };
}

async function threeReceivers({ folder, programs, signal, stops }) {
  const thanos = await startThanos({ folder, programs, signal, stops });
  const tiers = await startTiers({
    folder,
    programs,
    otlp: thanos.otlp.slice(0, 2),
    signal,
    stops,
  });
  return {
    url: tiers.agent.url,
    query: thanos.query,
    collectors: [tiers.agent, ...tiers.gateways],
    servers: [
      ...thanos.receivers.map((server) => withRole(server, 'storage')),
      ...[tiers.agent, ...tiers.gateways].map(({ server }) => withRole(server, 'collector')),
      ...thanos.others.map((server) => withRole(server, 'query')),
    ],
    async disk() {
      // At its end a receiver writes what it has in memory as blocks, and uploads them.
      for (const receiver of thanos.receivers) await receiver.stop();
      return diskOf(blocksIn(thanos.bucket));
    },
  };
}

const withRole = (server, role) => Object.assign(server, { role });

function diskOf(blocks, walBytes) {
  const sum = (of) => blocks.reduce((all, block) => all + of(block), 0);
  const samples = sum((block) => block.samples);
  const series = sum((block) => block.series);
  return {
    blocks: blocks.length,
    storedSamples: samples,
    chunkBytesPerSample: sum((block) => block.chunkBytes) / samples,
    indexBytesPerSeries: sum((block) => block.indexBytes) / series,
    ...(walBytes !== undefined && { walBytes }),
  };
}

/** Seconds until no Collector keeps anything back. */
async function drained({ collectors }, plan, signal) {
  const began = performance.now();
  await poll(plan.settleSeconds, signal, async () => {
    const waiting = await Promise.all(collectors.map(queued));
    return waiting.every((points) => points === 0);
  });
  return (performance.now() - began) / 1_000;
}

const sameNumbers = (one, other) =>
  Object.keys(one).length === Object.keys(other).length &&
  Object.entries(one).every(([name, value]) => other[name] === value);
