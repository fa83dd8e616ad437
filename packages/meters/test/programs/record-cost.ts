// 1,000 tenants, by this package and by sdk-metrics in one process; prints shares of their time, and bytes.
import { context } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { AggregationType, MeterProvider, MetricReader } from '@opentelemetry/sdk-metrics';
import { counter, defineMeters, histogram, oneOf, runWithTenant } from '../../src/index.ts';
import { configureTenants, takeOver } from '../../src/runtime.ts';
import { bytesOf, type Loop, shareOf } from '../support/take-turns.ts';

class Reader extends MetricReader {
  protected override async onForceFlush() {}
  protected override async onShutdown() {}
}

const TENANTS = 1_000;
const boundaries = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const names = Array.from({ length: TENANTS }, (_, i) => `tenant-${i}`);
const durations = Float64Array.from({ length: 1_024 }, (_, i) => ((i * 7_919) % 1_024) / 300);
const nameOf = (i: number) => names[i % TENANTS] as string;
const durationOf = (i: number) => durations[i & 1_023] as number;
const statusOf = (i: number) => ((i & 1) === 0 ? 'paid' : 'declined');
const paid = { status: 'paid', currency: 'EUR', channel: 'web' } as const;

context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
configureTenants({ budget: TENANTS });
takeOver();
const attributes = {
  status: oneOf('paid', 'declined'),
  currency: oneOf('EUR', 'USD'),
  channel: oneOf('web', 'app'),
};
const ours = defineMeters('cost', {
  orders: counter('orders', { attributes }),
  time: histogram('time', { boundaries, attributes }),
  size: histogram('size', { exponential: {}, attributes }),
});
const bound = ours.orders.forTenant('tenant-0').bind(paid);

const aggregationCardinalityLimit = 10_000;
const views = [
  { instrumentName: 'orders', aggregationCardinalityLimit },
  { instrumentName: 'time', aggregationCardinalityLimit },
  {
    instrumentName: 'size',
    aggregationCardinalityLimit,
    aggregation: { type: AggregationType.EXPONENTIAL_HISTOGRAM as const },
  },
];
const meter = new MeterProvider({ readers: [new Reader()], views }).getMeter('cost');
const theirs = {
  orders: meter.createCounter('orders'),
  time: meter.createHistogram('time', { advice: { explicitBucketBoundaries: boundaries } }),
  size: meter.createHistogram('size'),
};

const theirCounter: Loop = (calls) => {
  for (let i = 0; i < calls; i++)
    theirs.orders.add(1, {
      'tenant.id': nameOf(i),
      status: statusOf(i),
      currency: 'EUR',
      channel: 'web',
    });
};
const cases: Record<string, { ours: Loop; theirs: Loop }> = {
  counter: {
    ours(calls) {
      for (let i = 0; i < calls; i++)
        ours.orders
          .forTenant(nameOf(i))
          .add(1, { status: statusOf(i), currency: 'EUR', channel: 'web' });
    },
    theirs: theirCounter,
  },
  'counter, attributes made before': {
    ours(calls) {
      for (let i = 0; i < calls; i++) ours.orders.forTenant(nameOf(i)).add(1, paid);
    },
    theirs: theirCounter,
  },
  'counter, tenant in a string made for the call': {
    ours(calls) {
      for (let i = 0; i < calls; i++) ours.orders.forTenant(`tenant-${i % TENANTS}`).add(1, paid);
    },
    theirs(calls) {
      for (let i = 0; i < calls; i++)
        theirs.orders.add(1, { 'tenant.id': `tenant-${i % TENANTS}`, ...paid });
    },
  },
  'counter, tenant of the request': {
    ours(calls) {
      runWithTenant('tenant-0', () => {
        for (let i = 0; i < calls; i++) ours.orders.add(1, paid);
      });
    },
    theirs: theirCounter,
  },
  bound: {
    ours(calls) {
      for (let i = 0; i < calls; i++) bound.add(1);
    },
    theirs: theirCounter,
  },
  'histogram, explicit': {
    ours(calls) {
      for (let i = 0; i < calls; i++) ours.time.forTenant(nameOf(i)).record(durationOf(i), paid);
    },
    theirs(calls) {
      for (let i = 0; i < calls; i++)
        theirs.time.record(durationOf(i), { 'tenant.id': nameOf(i), ...paid });
    },
  },
  'histogram, exponential': {
    ours(calls) {
      for (let i = 0; i < calls; i++) ours.size.forTenant(nameOf(i)).record(durationOf(i), paid);
    },
    theirs(calls) {
      for (let i = 0; i < calls; i++)
        theirs.size.record(durationOf(i), { 'tenant.id': nameOf(i), ...paid });
    },
  },
};

// Every series exists and V8 has compiled every loop before the first is measured.
for (let round = 0; round < 20; round++)
  for (const pair of Object.values(cases)) {
    pair.ours(20_000);
    pair.theirs(2_000);
  }
const costs = Object.entries(cases).map(([name, pair]) => [
  name,
  { share: shareOf(pair.ours, pair.theirs), bytes: bytesOf(pair.ours) },
]);
console.log(JSON.stringify(Object.fromEntries(costs)));
