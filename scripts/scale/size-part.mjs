import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort } from '../start/free-port.mjs';
import { startPipeline } from '../start/pipeline.mjs';
import { startTraffic } from '../start/traffic.mjs';
import { ask } from './ask.mjs';
import { bytesPerSample } from './bytes-per-sample.mjs';
import { blocksIn } from './folder-bytes.mjs';
import { startServer } from './server-process.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const replicas = 2;
const scrapeSeconds = 15;
const scraped =
  'job=~"prometheus|otel-collector|alertmanager|node-exporter|postgres-exporter|redis-exporter"';

/** `bellwether size` for the shop, and the shop: series by source, samples a second, bytes of a block, memory. */
export async function sizePart({ folder, programs, plan, say, signal }) {
  const own = join(folder, 'size');
  const dataDir = join(own, 'stack');
  const { exportSeconds } = plan;
  mkdirSync(own, { recursive: true });
  let measured;
  let bytes;
  const pipeline = await startPipeline({
    ...{ dataDir, replicas, signal, say },
    onProblem: (problem) => say(`  ${problem}`),
    environment: { OTEL_METRIC_EXPORT_INTERVAL: String(exportSeconds * 1_000) },
  });
  let predicted;
  let looked;
  try {
    const { shops, tenants, addresses } = pipeline;
    say(`\nthe shop under load for ${plan.sizingSeconds} s ...`);
    const endOfLoad = new AbortController();
    const traffic = startTraffic({
      ...{ shops, tenants, rate: plan.rate, seed: 1 },
      signal: AbortSignal.any([signal, endOfLoad.signal]),
    });
    await wait(plan.sizingSeconds * 1_000, undefined, { signal }).catch(() => undefined);
    const one = async (query) =>
      Number((await ask(addresses.prometheus, query)).samples[0]?.value[1] ?? 0);
    const routes = await one(
      'count(count by (http_route) (http_server_request_duration_seconds_count{service_name="shop"}))',
    );
    const asked = { tenants: tenants.length, routes, seconds: exportSeconds };
    predicted = sizeOf(asked);
    measured = await measure({ one, predicted });
    const given = await lookedUp({ one, routes, tenants: tenants.length });
    looked = { given, series: sizeOf({ ...asked, given }).activeSeries };
    say('\nlaying series of the run out over 18 hours, and writing them as blocks ...');
    bytes = await bytesPerSample({
      url: addresses.prometheus,
      kinds: {
        services: { selector: '{service_name="shop"}', everySeconds: exportSeconds },
        'scraped servers': { selector: `{${scraped}}`, everySeconds: scrapeSeconds },
        rules: { selector: '{__name__=~".+:.+"}', everySeconds: scrapeSeconds },
      },
      ...{ seconds: plan.sizingSeconds, promtool: programs.promtool, folder: own },
    });
    endOfLoad.abort();
    await traffic;
  } finally {
    await pipeline.stop();
  }
  const block = await blockOf({ dataDir, own, programs, signal });
  return {
    routes: predicted.routes,
    replicas,
    exportSeconds,
    requestsAnExport: plan.rate * exportSeconds,
    bytes,
    looked: looked.given,
    ...compared({ predicted, looked, measured, block, bytes }),
  };
}

/** What docs/guides/sizing.md says to look up, looked up: combinations of attributes over all tenants and processes, and the share that one has. */
async function lookedUp({ one, routes, tenants }) {
  const all = (name) => `${name}_count{service_name="shop"}`;
  const distinct = (name) =>
    one(`count(count without (tenant_id, instance, service_instance_id) (${all(name)}))`);
  const http = await distinct('http_server_request_duration_seconds');
  return {
    answers: http / routes,
    coverage:
      (await one(`count(${all('http_server_request_duration_seconds')})`)) /
      (http * tenants * replicas),
    queries: await distinct('prisma_client_operation_duration_seconds'),
    operations: await distinct('db_client_operation_duration_seconds'),
    calls: await distinct('http_client_request_duration_seconds'),
  };
}

/** What the command says, with no assumption changed but those that are given. */
function sizeOf({ tenants, routes, seconds, given = {} }) {
  const text = execFileSync(
    process.execPath,
    [
      ...[join(root, 'packages/cli/dist/bin.js'), 'size', '--json', '--services', '1'],
      ...['--replicas', String(replicas), '--tenants', String(tenants), '--routes', String(routes)],
      ...['--interval', `${seconds}s`, '--catalog', join(root, 'examples/shop/src/meters.ts')],
      ...Object.entries(given).flatMap(([name, value]) => ['--assume', `${name}=${value}`]),
    ],
    { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 2] },
  );
  return { routes, ...JSON.parse(text) };
}

async function measure({ one, predicted }) {
  const counted = [];
  for (const { source, metrics, perProcess } of predicted.sources) {
    if (metrics.length === 0) continue;
    const names = `__name__=~"(${metrics.join('|')})(_bucket|_count|_sum)?"`;
    const of = perProcess ? ',service_name="shop"' : '';
    counted.push({ source, series: await one(`count({${names}${of}})`) });
  }
  const known = predicted.sources
    .flatMap(({ metrics, perProcess }) => (perProcess ? metrics : []))
    .join('|');
  return {
    counted,
    process: await one(
      `count({service_name="shop",tenant_id="",__name__!~"(${known})(_bucket|_count|_sum)?",__name__!~".*:.*"})`,
    ),
    scraped: await one(`count({${scraped},__name__!~".*:.*"})`),
    scrapedRate: await one(`sum(scrape_samples_post_metric_relabeling) / ${scrapeSeconds}`),
    activeSeries: await one('count({__name__=~".+"})'),
    headSeries: await one('prometheus_tsdb_head_series'),
    samplesPerSecond: await one('sum(rate(prometheus_tsdb_head_samples_appended_total[46s]))'),
    prometheusBytes: await one('process_resident_memory_bytes{job="prometheus"}'),
    collectorBytes: await one('otelcol_process_memory_rss'),
    other: await one('count({service_name="notifications",__name__!~".*:.*"})'),
  };
}

/** Everything that the run has stored, as one block: a Prometheus of its own makes it from what the stopped one has left. */
async function blockOf({ dataDir, own, programs, signal }) {
  const port = await freePort();
  const data = join(dataDir, 'prometheus', 'data');
  const config = join(own, 'empty.yaml');
  writeFileSync(config, 'global: {}\n');
  const prometheus = await startServer({
    name: 'prometheus-for-its-block',
    file: programs.prometheus,
    args: [
      ...[
        `--config.file=${config}`,
        `--storage.tsdb.path=${data}`,
        `--web.listen-address=127.0.0.1:${port}`,
      ],
      '--web.enable-admin-api',
    ],
    logFolder: join(own, 'logs'),
    readyUrl: `http://127.0.0.1:${port}/-/ready`,
    signal,
  });
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/api/v1/admin/tsdb/snapshot`, {
      method: 'POST',
    });
    const { data: snapshot } = await answer.json();
    const blocks = blocksIn(join(data, 'snapshots', snapshot.name));
    const sum = (of) => blocks.reduce((all, block) => all + of(block), 0);
    return {
      samples: sum(({ samples }) => samples),
      series: sum(({ series }) => series),
      chunkBytes: sum(({ chunkBytes }) => chunkBytes),
      indexBytes: sum(({ indexBytes }) => indexBytes),
    };
  } finally {
    await prometheus.stop();
  }
}

function compared({ predicted, looked, measured, block, bytes }) {
  const assumed = Object.fromEntries(predicted.assumptions.map(({ name, value }) => [name, value]));
  const row = (what, said, found) => ({
    what,
    predicted: said,
    measured: found,
    ratio: said / found,
  });
  const bySource = new Map(measured.counted.map(({ source, series }) => [source, series]));
  const series = predicted.sources
    .map(({ source, series: said }) =>
      row(
        source,
        said,
        source === 'process'
          ? measured.process
          : source === 'scraped servers'
            ? measured.scraped
            : (bySource.get(source) ?? 0),
      ),
    )
    .sort((a, b) => b.measured - a.measured);
  return {
    series,
    totals: [
      row('series', predicted.activeSeries, measured.activeSeries - measured.other),
      row(
        'series, with answers, coverage, queries, operations and calls looked up',
        looked.series,
        measured.activeSeries - measured.other,
      ),
      row(
        'bytes of a sample, chunks full',
        assumed.bytesPerSample,
        bytes.find(({ what }) => what === 'services').bytesPerSample,
      ),
      row('samples a second', predicted.samplesPerSecond, measured.samplesPerSecond),
      row(
        'bytes of a sample in this block',
        assumed.bytesPerSample,
        block.chunkBytes / block.samples,
      ),
      row('bytes of index a series', assumed.indexBytesPerSeries, block.indexBytes / block.series),
      row(
        'bytes of the block',
        block.samples * assumed.bytesPerSample + block.series * assumed.indexBytesPerSeries,
        block.chunkBytes + block.indexBytes,
      ),
      row(
        'memory of Prometheus',
        predicted.prometheusBytes / assumed.headroom,
        measured.prometheusBytes,
      ),
      row(
        'memory of the Collector',
        predicted.collectorBytes / assumed.headroom,
        measured.collectorBytes,
      ),
    ],
    measured,
    block,
  };
}
