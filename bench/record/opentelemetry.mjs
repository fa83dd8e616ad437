import { context, createContextKey } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { AggregationType, MeterProvider, MetricReader } from '@opentelemetry/sdk-metrics';
import { boundaries, durations, freshTenant, STATUSES, tenantNames } from './recordings.mjs';

class Reader extends MetricReader {
  async onForceFlush() {}
  async onShutdown() {}
}

const TENANT = createContextKey('tenant');

/**
 * @opentelemetry/sdk-metrics with a cardinality limit that does not fold: the same series as everybody.
 *
 * Equal for all: number and names of tenants, attributes and their values, a literal per call as each project's documentation writes it,
 * boundaries, values, one cumulative reader that does not collect meanwhile, and AsyncLocalStorage where the tenant is the request's.
 * Different by nature: here and in prom-client the tenant is one attribute more in that literal.
 */
export function cases(tenants) {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  const reader = new Reader();
  const aggregationCardinalityLimit = 100_000;
  const views = [
    { instrumentName: 'orders', aggregationCardinalityLimit },
    { instrumentName: 'time', aggregationCardinalityLimit },
    {
      instrumentName: 'size',
      aggregationCardinalityLimit,
      aggregation: { type: AggregationType.EXPONENTIAL_HISTOGRAM },
    },
  ];
  const meter = new MeterProvider({ readers: [reader], views }).getMeter('bench');
  const orders = meter.createCounter('orders');
  const time = meter.createHistogram('time', {
    advice: { explicitBucketBoundaries: boundaries },
  });
  const size = meter.createHistogram('size');
  const names = tenantNames(tenants);
  const fixed = { 'tenant.id': 'tenant-0', status: 'paid', currency: 'EUR', channel: 'web' };
  const cases = {
    counter(calls) {
      for (let i = 0; i < calls; i++)
        orders.add(1, {
          'tenant.id': names[i % tenants],
          status: STATUSES[i & 1],
          currency: 'EUR',
          channel: 'web',
        });
    },
    counterFreshTenant(calls) {
      for (let i = 0; i < calls; i++)
        orders.add(1, {
          'tenant.id': freshTenant(i, tenants),
          status: STATUSES[i & 1],
          currency: 'EUR',
          channel: 'web',
        });
    },
    counterContextTenant(calls) {
      context.with(context.active().setValue(TENANT, 'tenant-0'), () => {
        for (let i = 0; i < calls; i++)
          orders.add(1, {
            'tenant.id': context.active().getValue(TENANT),
            status: STATUSES[i & 1],
            currency: 'EUR',
            channel: 'web',
          });
      });
    },
    /** It has no bound instruments: an object made once is the nearest. */
    bound(calls) {
      for (let i = 0; i < calls; i++) orders.add(1, fixed);
    },
    histogramExplicit(calls) {
      for (let i = 0; i < calls; i++)
        time.record(durations[i & 1023], {
          'tenant.id': names[i % tenants],
          status: STATUSES[i & 1],
          currency: 'EUR',
          channel: 'web',
        });
    },
    histogramExponential(calls) {
      for (let i = 0; i < calls; i++)
        size.record(durations[i & 1023], {
          'tenant.id': names[i % tenants],
          status: STATUSES[i & 1],
          currency: 'EUR',
          channel: 'web',
        });
    },
  };
  return { cases, collect: () => reader.collect() };
}
