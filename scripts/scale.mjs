// `npm run scale`: past one machine, on one machine. See npm run scale -- --help
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureServer } from '../packages/cli/dist/index.js';
import { costPart } from './scale/cost-part.mjs';
import { faultPart } from './scale/fault-part.mjs';
import { readScaleOptions } from './scale/options.mjs';
import { plans } from './scale/plan.mjs';
import {
  byteRows,
  costRows,
  isolationRows,
  renderScale,
  sizeRows,
  stepRows,
} from './scale/render.mjs';
import { sizePart } from './scale/size-part.mjs';
import { writeTable } from './scale/write-guide.mjs';
import { dataFolder } from './start/data-folder.mjs';
import { untilInterrupted } from './start/interrupt.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const options = readScaleOptions(process.argv.slice(2));
const chosen = plans[options.quick ? 'quick' : 'full'];
const plan = options.limit ? { ...chosen, mostFactor: plans.full.mostFactor * 4 } : chosen;
const say = (text) => process.stderr.write(`${text}\n`);
const signal = untilInterrupted(say);
const data = dataFolder(options.dataDir, say);

try {
  process.exitCode = await run();
} catch (error) {
  say(`npm run scale: ${error.message}`);
  process.exitCode = 1;
} finally {
  data.leave(process.exitCode === 0);
}

async function run() {
  const programs = await programsOf();
  const common = { folder: data.path, programs, plan, say, signal };
  const result = {
    machine: { cores: cpus().length, model: cpus()[0]?.model },
    quick: options.quick,
  };
  if (options.only.includes('fault'))
    result.fault = await withStops((stops) => faultPart({ ...common, stops }));
  if (options.only.includes('cost') && !signal.aborted) result.cost = await costPart(common);
  if (options.only.includes('size') && !signal.aborted) result.size = await sizePart(common);
  if (options.write && !signal.aborted) writeGuides(result);
  process.stdout.write(options.json ? `${JSON.stringify(result, null, 2)}\n` : renderScale(result));
  const held =
    result.cost === undefined ||
    result.cost.filter(({ factor }) => factor === 1).every((row) => row.held);
  return !signal.aborted && held && result.fault?.ok !== false ? 0 : 1;
}

async function withStops(work) {
  const stops = [];
  try {
    return await work(stops);
  } finally {
    for (const stop of stops.reverse()) await stop();
  }
}

async function programsOf() {
  mkdirSync(data.path, { recursive: true });
  const programs = {};
  for (const name of ['thanos', 'otelcol', 'prometheus', 'promtool', 'prom-label-proxy']) {
    const { file } = await ensureServer(name, {
      onProgress: (text) => say(`${name}: ${text}`),
      signal,
    });
    programs[name] = file;
  }
  // What Prometheus is told about OTLP in production, and nothing to scrape.
  const prometheusConfig = join(data.path, 'prometheus.yaml');
  writeFileSync(
    prometheusConfig,
    'otlp: { translation_strategy: UnderscoreEscapingWithSuffixes, promote_resource_attributes: [service.namespace, service.name, service.instance.id, service.version, deployment.environment.name] }\nstorage: { tsdb: { out_of_order_time_window: 30m } }\n',
  );
  return { ...programs, prometheusConfig, rules: join(root, 'prometheus/rules') };
}

function writeGuides({ fault, cost, size }) {
  const guide = (name) => join(root, 'docs/guides', `${name}.md`);
  if (fault) {
    writeTable(guide('scaling'), 'fault', stepRows(fault));
    writeTable(guide('scaling'), 'isolation', isolationRows(fault));
  }
  if (cost) writeTable(guide('scaling'), 'cost', costRows(cost));
  if (size) {
    writeTable(guide('sizing'), 'series', sizeRows(size.series));
    writeTable(guide('sizing'), 'totals', sizeRows(size.totals));
    writeTable(guide('sizing'), 'bytes', byteRows(size));
  }
}
