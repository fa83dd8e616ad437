// What a recorded call costs, against sdk-metrics for the same call:
//   node --expose-gc --min-semi-space-size=64 --max-semi-space-size=64 src/instruments/record.bench.ts [--json] [--quick]
import { cpus } from 'node:os';
import { context } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { AggregationType, MeterProvider, MetricReader } from '@opentelemetry/sdk-metrics';
import { type Measured, measure as measureCalls } from '../../test/support/measure.ts';
import { counter, defineMeters, gauge, histogram, oneOf, runWithTenant, upTo } from '../index.ts';
import { takeOver } from '../runtime.ts';

class Reader extends MetricReader {
  protected override async onForceFlush() {}
  protected override async onShutdown() {}
}

context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
takeOver();
const attributes = {
  status: oneOf('paid', 'declined'),
  currency: upTo(40),
  channel: oneOf('web', 'app'),
};
const meters = defineMeters('bench', {
  plain: counter('plain', { tenant: false }),
  orders: counter('orders', { attributes }),
  stock: gauge('stock', { attributes }),
  time: histogram('time', { unit: 's', attributes }),
  size: histogram('size', { exponential: {}, attributes }),
});
const views = [
  { instrumentName: 'size', aggregation: { type: AggregationType.EXPONENTIAL_HISTOGRAM as const } },
];
const meter = new MeterProvider({ readers: [new Reader()], views }).getMeter('bench');
const theirs = {
  orders: meter.createCounter('orders'),
  time: meter.createHistogram('time'),
  size: meter.createHistogram('size'),
};
const paid = { status: 'paid', currency: 'EUR', channel: 'web' } as const;
const withTenant = { ...paid, 'tenant.id': 'acme' };
const durations = Float64Array.from({ length: 1_024 }, (_, i) => ((i * 7_919) % 1_024) / 300);

const fixed = meters.orders.forTenant('acme').bind(paid);
const bound = meters.orders.bind(paid);
const boundTime = meters.time.forTenant('acme').bind(paid);
const boundSize = meters.size.forTenant('acme').bind(paid);
// Every kind is used, so that no call site is faster here than in an app.
const warmUp = () => {
  for (let i = 0; i < 100_000; i++) {
    fixed.add(1);
    meters.stock.forTenant('acme').bind(paid).set(i);
    boundTime.record(i % 8);
    boundSize.record(i % 8);
    meters.stock.set(i, paid);
  }
};

const calls = process.argv.includes('--quick') ? 50_000 : 1_000_000;
const measure = (name: string, run: (calls: number) => void) => measureCalls(name, run, calls);

function all(): Measured[] {
  warmUp();
  return [
    measure('sdk-metrics: Counter.add, 3 attributes and tenant', (calls) => {
      for (let i = 0; i < calls; i++)
        theirs.orders.add(1, {
          status: 'paid',
          currency: 'EUR',
          channel: 'web',
          'tenant.id': 'acme',
        });
    }),
    measure('counter, bound, fixed tenant', (calls) => {
      for (let i = 0; i < calls; i++) fixed.add(1);
    }),
    measure('counter, bound, tenant of the request', (calls) => {
      for (let i = 0; i < calls; i++) bound.add(1);
    }),
    measure('counter, no attributes, no tenant', (calls) => {
      for (let i = 0; i < calls; i++) meters.plain.add(1);
    }),
    measure('counter, 3 attributes, tenant of the request', (calls) => {
      for (let i = 0; i < calls; i++) meters.orders.add(1, paid);
    }),
    measure('counter, 3 attributes in a new object, tenant of the request', (calls) => {
      for (let i = 0; i < calls; i++)
        meters.orders.add(1, { status: 'paid', currency: 'EUR', channel: 'web' });
    }),
    measure('counter, 3 changing attributes, tenant of the request', (calls) => {
      for (let i = 0; i < calls; i++)
        meters.orders.add(1, {
          status: (i & 1) === 0 ? 'paid' : 'declined',
          currency: (i & 2) === 0 ? 'EUR' : 'USD',
          channel: (i & 4) === 0 ? 'web' : 'app',
        });
    }),
    measure('sdk-metrics: Histogram.record, explicit', (calls) => {
      for (let i = 0; i < calls; i++)
        theirs.time.record(durations[i & 1_023] as number, withTenant);
    }),
    measure('histogram, explicit, bound, fixed tenant', (calls) => {
      for (let i = 0; i < calls; i++) boundTime.record(durations[i & 1_023] as number);
    }),
    measure('histogram, explicit, 3 attributes, tenant of the request', (calls) => {
      for (let i = 0; i < calls; i++) meters.time.record(durations[i & 1_023] as number, paid);
    }),
    measure('sdk-metrics: Histogram.record, exponential', (calls) => {
      for (let i = 0; i < calls; i++)
        theirs.size.record(durations[i & 1_023] as number, withTenant);
    }),
    measure('histogram, exponential, bound, fixed tenant', (calls) => {
      for (let i = 0; i < calls; i++) boundSize.record(durations[i & 1_023] as number);
    }),
  ];
}

const results = runWithTenant('acme', all);
const bare = results[0]?.nanoseconds ?? Number.NaN;
if (process.argv.includes('--json')) {
  const machine = { node: process.version, cpu: cpus()[0]?.model, cores: cpus().length };
  console.log(JSON.stringify({ machine, results }));
} else {
  console.log(`Node ${process.version}, ${cpus().length} x ${cpus()[0]?.model}`);
  for (const { name, nanoseconds, spreadPercent, bytes } of results)
    console.log(
      `${nanoseconds.toFixed(1).padStart(8)} ns ${String(bytes).padStart(5)} B  1/${Math.round(bare / nanoseconds)} of Counter.add  ±${spreadPercent} %  ${name}`,
    );
}
