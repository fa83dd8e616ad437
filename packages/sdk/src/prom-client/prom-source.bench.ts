// What an export of registries costs, beside the text that a scrape of them makes: node src/prom-client/prom-source.bench.ts
import { cpus } from 'node:os';
import { Counter, Histogram, Registry } from 'prom-client';
import { PromSource } from './prom-source.ts';

const RUNS = 15;
const LABELS = ['method', 'route', 'tenant_id'] as const;

function registryOf(counters: number, histograms: number): Registry {
  const registry = new Registry();
  const options = { help: 'For this bench', labelNames: LABELS, registers: [registry] };
  const requests = new Counter({ ...options, name: 'requests_total' });
  const seconds = new Histogram({ ...options, name: 'seconds' });
  const labels = (id: number) => ({
    method: 'GET',
    route: `/things/${id % 50}`,
    tenant_id: `tenant-${Math.floor(id / 50)}`,
  });
  for (let id = 0; id < counters; id++) requests.inc(labels(id), id);
  for (let id = 0; id < histograms; id++) seconds.observe(labels(id), id / 100);
  return registry;
}

/** Milliseconds of processor time, the median of the later runs. */
async function costOf(run: () => Promise<unknown>): Promise<number> {
  const costs: number[] = [];
  for (let i = 0; i < 2 * RUNS; i++) {
    const before = process.cpuUsage();
    await run();
    const { user, system } = process.cpuUsage(before);
    costs.push((user + system) / 1_000);
  }
  return costs.slice(RUNS).sort((a, b) => a - b)[RUNS >> 1] as number;
}

console.log(`Node ${process.version}, ${cpus()[0]?.model}; milliseconds of processor time`);
for (const [counters, histograms] of [
  [1_000, 0],
  [10_000, 0],
  [0, 1_000],
] as const) {
  const registry = registryOf(counters, histograms);
  const source = new PromSource([registry], { timeoutMs: 1_000, maxSeries: 1_000_000 });
  const [get, parts, text] = [
    await costOf(() => registry.getMetricsAsJSON()),
    await costOf(() => source.parts(1_000)),
    await costOf(() => registry.metrics()),
  ];
  console.log(
    `${counters} counters, ${histograms} histograms of 11 buckets: an export ${parts.toFixed(1)}, of which get() ${get.toFixed(1)}; the text of a scrape ${text.toFixed(1)}`,
  );
}
