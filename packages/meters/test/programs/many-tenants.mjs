// 100,000 different tenants by two ways and three kinds of instruments; prints series, totals and growth of memory.
import { counter, defineMeters, histogram, oneOf, runWithTenant } from '@bellwether/meters';
import {
  configureTenants,
  lifetimeTenantLabel,
  resolveTenant,
  takeOver,
} from '@bellwether/meters/runtime';

configureTenants({ budget: 100, idleSeconds: 0.05 });
const { producer } = takeOver();
const meters = defineMeters('shop', {
  orders: counter('orders', { attributes: { status: oneOf('paid', 'declined') } }),
  time: histogram('time', { boundaries: [0.1, 1] }),
  size: histogram('size', { exponential: {} }),
});
const labels = new Set();
let recorded = 0;
let exported = 0;
/** Counters of evicted tenants end: what they had counts once, at the last point of each series. */
let ended = 0;
let last = new Map();
let series = 0;

async function collect() {
  const { scopeMetrics } = (await producer.collect()).resourceMetrics;
  const shop = scopeMetrics.find(({ scope }) => scope.name === 'shop');
  const now = new Map();
  series = Math.max(
    series,
    shop.metrics.reduce((sum, { dataPoints }) => sum + dataPoints.length, 0),
  );
  for (const { attributes, value, startTime } of shop.metrics[0].dataPoints)
    now.set(JSON.stringify([attributes, startTime]), value);
  for (const [key, value] of last) if (!now.has(key)) ended += value;
  exported = [...now.values()].reduce((sum, value) => sum + value, 0);
  last = now;
}

async function serve(prefix, count) {
  for (let i = 0; i < count; i++) {
    const id = `${prefix}-${i}`;
    runWithTenant(id, () => {
      meters.orders.add(1, { status: 'paid' });
      meters.time.record(0.2);
      meters.size.record(i + 1);
    });
    meters.orders.forTenant(id).bind({ status: 'declined' }).add(1);
    labels.add(lifetimeTenantLabel(resolveTenant(id)));
    recorded += 2;
    if (i % 500 === 0) await collect();
  }
  await collect();
}

const memory = () => {
  gc();
  gc();
  const { rss, heapUsed } = process.memoryUsage();
  return { rss, heapUsed };
};
// The budget fills and V8's young generation takes its size.
await serve('warm', 100_000);
// V8 maps and unmaps pages as it likes: a leak would show in every round, so the smallest growth is judged.
const growth = { rss: Number.POSITIVE_INFINITY, heapUsed: Number.POSITIVE_INFINITY };
for (const round of ['first', 'second', 'third']) {
  const before = memory();
  await serve(round, 100_000);
  const after = memory();
  growth.rss = Math.min(growth.rss, after.rss - before.rss);
  growth.heapUsed = Math.min(growth.heapUsed, after.heapUsed - before.heapUsed);
}
console.log(
  JSON.stringify({ recorded, total: exported + ended, series, labels: labels.size, growth }),
);
