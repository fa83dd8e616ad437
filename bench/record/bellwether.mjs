import { counter, defineMeters, histogram, oneOf, runWithTenant } from '@bellwether/meters';
import { configureTenants, takeOver } from '@bellwether/meters/runtime';
import { context } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { boundaries, durations, freshTenant, STATUSES, tenantNames } from './recordings.mjs';

/** The record path as the SDK runs it: cells, taken over by a reader. */
export function cases(tenants) {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  configureTenants({ budget: tenants });
  const { producer } = takeOver();
  const attributes = {
    status: oneOf(...STATUSES),
    currency: oneOf('EUR', 'USD'),
    channel: oneOf('web', 'app'),
  };
  const meters = defineMeters('bench', {
    orders: counter('orders', { attributes }),
    time: histogram('time', { boundaries, attributes }),
    size: histogram('size', { exponential: {}, attributes }),
  });
  const names = tenantNames(tenants);
  const bound = meters.orders
    .forTenant('tenant-0')
    .bind({ status: 'paid', currency: 'EUR', channel: 'web' });
  const cases = {
    counter(calls) {
      for (let i = 0; i < calls; i++)
        meters.orders
          .forTenant(names[i % tenants])
          .add(1, { status: STATUSES[i & 1], currency: 'EUR', channel: 'web' });
    },
    counterFreshTenant(calls) {
      for (let i = 0; i < calls; i++)
        meters.orders
          .forTenant(freshTenant(i, tenants))
          .add(1, { status: STATUSES[i & 1], currency: 'EUR', channel: 'web' });
    },
    counterContextTenant(calls) {
      runWithTenant('tenant-0', () => {
        for (let i = 0; i < calls; i++)
          meters.orders.add(1, { status: STATUSES[i & 1], currency: 'EUR', channel: 'web' });
      });
    },
    bound(calls) {
      for (let i = 0; i < calls; i++) bound.add(1);
    },
    histogramExplicit(calls) {
      for (let i = 0; i < calls; i++)
        meters.time.forTenant(names[i % tenants]).record(durations[i & 1023], {
          status: STATUSES[i & 1],
          currency: 'EUR',
          channel: 'web',
        });
    },
    histogramExponential(calls) {
      for (let i = 0; i < calls; i++)
        meters.size.forTenant(names[i % tenants]).record(durations[i & 1023], {
          status: STATUSES[i & 1],
          currency: 'EUR',
          channel: 'web',
        });
    },
  };
  return { cases, collect: () => producer.collect() };
}
