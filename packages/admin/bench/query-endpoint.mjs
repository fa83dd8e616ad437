// How many requests a second the query endpoint holds, and how long they take: a real Prometheus and prom-label-proxy, the built router, a
// client in a process of its own, all on loopback. node packages/admin/bench/query-endpoint.mjs [--seconds 5] [--connections 16]
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { parseArgs } from 'node:util';
import express from 'express';
import { monitoring } from '../dist/index.js';
import { prometheusWith } from '../test/support/prometheus-with.ts';
import { startLabelProxy } from '../test/support/real-server.ts';
import { seriesFor } from '../test/support/series-for.ts';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '5' },
    connections: { type: 'string', default: '16' },
    client: { type: 'string' },
  },
});
if (values.client === undefined) await measure();
else await load(JSON.parse(values.client));

async function measure() {
  const catalog = JSON.parse(
    readFileSync(new URL('../src/catalog/default-catalog.json', import.meta.url), 'utf8'),
  );
  const tenants = Array.from({ length: 20 }, (_, i) => `tenant-${i}`);
  const prometheus = await prometheusWith(
    tenants.flatMap((tenant, i) => seriesFor(catalog, tenant, i + 1)),
  );
  const proxy = await startLabelProxy(prometheus.url);
  const app = express();
  app.use(
    '/m',
    monitoring({
      prometheus: { url: prometheus.url },
      tenantPrometheus: { url: proxy.url },
      maxPerUser: 1_000,
      authorize: ({ headers }) => ({ role: 'tenant-admin', user: 'b', tenant: headers.tenant }),
    }),
  );
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${server.address().port}/m/api`;
  const to = Math.floor(Date.now() / 1000);
  const cases = {
    'a chart of an hour, everybody the same': { path: '/range/request-rate', to, shifts: 1 },
    'a chart of an hour, each another one': { path: '/range/request-rate', to, shifts: 240 },
    'a percentile, each another one': { path: '/instant/latency-p99', to, shifts: 240 },
  };
  try {
    for (const [name, asked] of Object.entries(cases)) {
      const client = fork(new URL(import.meta.url), [
        '--seconds',
        values.seconds,
        '--connections',
        values.connections,
        '--client',
        JSON.stringify({ url, ...asked }),
      ]);
      const before = process.cpuUsage();
      const [{ requests, ...result }] = await once(client, 'message');
      const { user, system } = process.cpuUsage(before);
      // Of the router alone, whatever else the machine does.
      const cpuMs = Number(((user + system) / 1000 / requests).toFixed(2));
      console.log(
        JSON.stringify({ name, connections: Number(values.connections), ...result, cpuMs }),
      );
    }
  } finally {
    server.closeAllConnections();
    server.close();
    await Promise.all([proxy.stop(), prometheus.stop()]);
  }
}

/** One connection asks again as soon as it has its answer. */
async function load({ url, path, to, shifts }) {
  const connections = Number(values.connections);
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const times = [];
  const statuses = {};
  let bytes = 0;
  let asked = 0;
  const one = (target, tenant) =>
    new Promise((resolve, reject) => {
      get(target, { agent, headers: { tenant } }, (response) => {
        statuses[response.statusCode] = (statuses[response.statusCode] ?? 0) + 1;
        response.on('data', ({ length }) => {
          bytes += length;
        });
        response.on('end', resolve);
      }).on('error', reject);
    });
  // A range or moment of the two hours that there are, of one of the tenants: 4,800 different ones before the first comes again.
  const question = (number) => {
    const end = to - 60 - 15 * (number % shifts);
    const tenant = shifts === 1 ? 0 : Math.floor(number / shifts) % 20;
    return [`${url}${path}?from=${end - 3600}&to=${end}`, `tenant-${tenant}`];
  };
  await one(...question(0));
  bytes = 0;
  const began = performance.now();
  const end = began + Number(values.seconds) * 1000;
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (performance.now() < end) {
        const number = asked++;
        const start = performance.now();
        await one(...question(number));
        times.push(performance.now() - start);
      }
    }),
  );
  const seconds = (performance.now() - began) / 1000;
  times.sort((a, b) => a - b);
  const quantile = (q) => Number(times[Math.floor((times.length - 1) * q)].toFixed(2));
  process.send({
    requests: times.length,
    requestsPerSecond: Math.round(times.length / seconds),
    p50Ms: quantile(0.5),
    p99Ms: quantile(0.99),
    bytesPerAnswer: Math.round(bytes / times.length),
    statuses,
  });
  agent.destroy();
  process.disconnect();
}
