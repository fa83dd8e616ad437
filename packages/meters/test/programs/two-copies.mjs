// The package twice in one process, as an app's bundle and the preload have it: one state.
import { cp, rm } from 'node:fs/promises';
import * as first from '@bellwether/meters';
import { takeOver } from '@bellwether/meters/runtime';

const folder = new URL(`../../node_modules/.second-copy-${process.pid}/`, import.meta.url);
await cp(new URL('../../dist/', import.meta.url), folder, { recursive: true });
try {
  const second = await import(new URL('index.js', folder));
  const catalog = (copy) => ({
    orders: copy.counter('orders', { attributes: { a: copy.oneOf('x') } }),
  });
  const a = first.defineMeters('shop', catalog(first));
  const b = second.defineMeters('shop', catalog(second));
  const tenants = second.runWithTenant('acme', () => {
    a.orders.add(1, { a: 'x' });
    b.orders.add(2, { a: 'x' });
    return [first.currentTenant(), first.setTenant('globex'), second.currentTenant()];
  });
  let code;
  try {
    second.defineMeters('shop', { orders: second.gauge('orders') });
  } catch (error) {
    code = error.code;
  }
  const { scopeMetrics } = (await takeOver().producer.collect()).resourceMetrics;
  const points = scopeMetrics.find(({ scope }) => scope.name === 'shop').metrics[0].dataPoints;
  const values = points.map(({ attributes, value }) => [attributes['tenant.id'], value]);
  const catalogs = [first.catalogOf(b)?.scope, second.catalogOf(a)?.scope];
  console.log(JSON.stringify({ other: first !== second, tenants, code, values, catalogs }));
} finally {
  await rm(folder, { recursive: true });
}
