import { AsyncLocalStorage } from 'node:async_hooks';
import prom from 'prom-client';
import { boundaries, durations, freshTenant, STATUSES, tenantNames } from './recordings.mjs';

const tenantOfRequest = new AsyncLocalStorage();

/** prom-client: label objects, and a child with fixed labels as its bound handle. It has no exponential histogram. */
export function cases(tenants) {
  const registry = new prom.Registry();
  const labelNames = ['tenant_id', 'status', 'currency', 'channel'];
  const registers = [registry];
  const orders = new prom.Counter({ name: 'orders_total', help: 'x', labelNames, registers });
  const time = new prom.Histogram({
    name: 'time_seconds',
    help: 'x',
    labelNames,
    buckets: boundaries,
    registers,
  });
  const names = tenantNames(tenants);
  const fixed = orders.labels('tenant-0', 'paid', 'EUR', 'web');
  const cases = {
    counter(calls) {
      for (let i = 0; i < calls; i++)
        orders.inc({
          tenant_id: names[i % tenants],
          status: STATUSES[i & 1],
          currency: 'EUR',
          channel: 'web',
        });
    },
    counterFreshTenant(calls) {
      for (let i = 0; i < calls; i++)
        orders.inc({
          tenant_id: freshTenant(i, tenants),
          status: STATUSES[i & 1],
          currency: 'EUR',
          channel: 'web',
        });
    },
    counterContextTenant(calls) {
      tenantOfRequest.run('tenant-0', () => {
        for (let i = 0; i < calls; i++)
          orders.inc({
            tenant_id: tenantOfRequest.getStore(),
            status: STATUSES[i & 1],
            currency: 'EUR',
            channel: 'web',
          });
      });
    },
    bound(calls) {
      for (let i = 0; i < calls; i++) fixed.inc();
    },
    histogramExplicit(calls) {
      for (let i = 0; i < calls; i++)
        time.observe(
          {
            tenant_id: names[i % tenants],
            status: STATUSES[i & 1],
            currency: 'EUR',
            channel: 'web',
          },
          durations[i & 1023],
        );
    },
  };
  return { cases, collect: () => registry.metrics() };
}
