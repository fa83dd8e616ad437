import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort } from '../start/free-port.mjs';
import { startPipeline } from '../start/pipeline.mjs';
import { startTraffic } from '../start/traffic.mjs';
import { ask } from './ask.mjs';
import { blocksIn } from './folder-bytes.mjs';
import { startServer } from './server-process.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const replicas = 2;
const exportSeconds = 5;

/** `bellwether size` for the shop, and the shop: series by source, samples a second, bytes of a block, memory. */
export async function sizePart({ folder, programs, plan, say, signal }) {
  const own = join(folder, 'size');
  const dataDir = join(own, 'stack');
  mkdirSync(own, { recursive: true });
  let measured;
  const pipeline = await startPipeline({
    ...{ dataDir, replicas, signal, say },
    onProblem: (problem) => say(`  ${problem}`),
    environment: { OTEL_METRIC_EXPORT_INTERVAL: String(exportSeconds * 1_000) },
  });
  let predicted;
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
    predicted = sizeOf({ tenants: tenants.length, routes, seconds: exportSeconds });
    measured = await measure({ one, predicted });
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
    ...compared(predicted, measured, block),
  };
}

/** What the command says, with no assumption changed. */
function sizeOf({ tenants, routes, seconds }) {
  const text = execFileSync(
    process.execPath,
    [
      ...[join(root, 'packages/cli/dist/bin.js'), 'size', '--json', '--services', '1'],
      ...['--replicas', String(replicas), '--tenants', String(tenants), '--routes', String(routes)],
      ...['--interval', `${seconds}s`, '--catalog', join(root, 'examples/shop/src/meters.ts')],
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
  const scraped =
    'job=~"prometheus|otel-collector|alertmanager|node-exporter|postgres-exporter|redis-exporter"';
  const known = predicted.sources
    .flatMap(({ metrics, perProcess }) => (perProcess ? metrics : []))
    .join('|');
  return {
    counted,
    process: await one(
      `count({service_name="shop",tenant_id="",__name__!~"(${known})(_bucket|_count|_sum)?",__name__!~".*:.*"})`,
    ),
    scraped: await one(`count({${scraped},__name__!~".*:.*"})`),
    scrapedRate: await one(`sum(scrape_samples_post_metric_relabeling) / 15`),
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

function compared(predicted, measured, block) {
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
      row('samples a second', predicted.samplesPerSecond, measured.samplesPerSecond),
      row('bytes of chunks a sample', assumed.bytesPerSample, block.chunkBytes / block.samples),
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
