// The service of the soak, forked twice: under our SDK, and bare (SOAK_BARE). Answers 'sample' on its channel with what it holds.
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import http from 'node:http';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import express from 'express';

const bare = { tenant() {}, ordered() {} };
const { telemetry } =
  process.env.SOAK_BARE === undefined ? await import('./soak-meters.mjs') : { telemetry: bare };
const leakBytes = Number(process.env.SOAK_LEAK ?? 0);
const leaked = [];

const app = express();
app.use((request, _response, next) => {
  telemetry.tenant(request.get('x-tenant'));
  if (leakBytes > 0) leaked.push('x'.repeat(leakBytes - 1) + (leaked.length % 10));
  next();
});
app.get('/items/:id', (request, response) => {
  response.json({ id: request.params.id });
});
app.get('/price', (_request, response) => {
  response.json({ cents: 1_250 });
});
const inside = new http.Agent({ keepAlive: true, maxSockets: 20 });
app.post('/orders', express.json(), async (request, response) => {
  const { cents } = await ask('/price', request.get('x-tenant'));
  const status = request.body.stolen ? 'declined' : 'paid';
  telemetry.ordered(status, cents * request.body.items);
  response.status(201).json({ status });
});
app.get('/slow', (_request, response) => {
  setTimeout(() => response.json({ late: true }), 40);
});
app.get('/fail', () => {
  throw new Error('a fault of the service');
});
app.use((error, _request, response, _next) => {
  response.status(500).json({ error: error.message });
});

const server = app.listen(0, '127.0.0.1');
await once(server, 'listening');
const { port } = server.address();

async function ask(path, tenant) {
  const request = http.get({ port, path, agent: inside, headers: { 'x-tenant': tenant } });
  const [response] = await once(request, 'response');
  return JSON.parse(Buffer.concat(await response.toArray()).toString());
}

const delay = monitorEventLoopDelay({ resolution: 10 });
delay.enable();
const mib = (bytes) => bytes / 2 ** 20;

function sample() {
  // Before the collection of garbage, which is the soak's own pause.
  const p99 = delay.percentile(99) / 1e6;
  globalThis.gc();
  const { rss, heapUsed, external } = process.memoryUsage();
  const taken = {
    heap: mib(heapUsed),
    external: mib(external),
    rss: mib(rss),
    handles: process.getActiveResourcesInfo().length,
    descriptors: descriptors(),
    delay: p99,
    cpu: (process.cpuUsage().user + process.cpuUsage().system) / 1e6,
  };
  delay.reset();
  return taken;
}

function descriptors() {
  try {
    return readdirSync('/proc/self/fd').length;
  } catch {
    return 0; // Only Linux has it.
  }
}

process.on('message', () => process.send(sample()));
process.on('disconnect', () => process.exit());
process.send({ port });
