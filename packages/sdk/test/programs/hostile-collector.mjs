// A server that answers while its telemetry goes to whoever is there; says what the application got and how the heap grew.
import { once } from 'node:events';
import { createServer } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { logs, metrics, trace } from '@opentelemetry/api';

const server = createServer((request, response) => response.end(request.url.slice(1)));
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const { port } = server.address();
const heap = () => process.memoryUsage().heapUsed + process.memoryUsage().external;
const before = heap();
const answers = [];
for (const word of ['one', 'two', 'three']) {
  trace.getTracer('hostile').startSpan(word).end();
  logs.getLogger('hostile').emit({ body: word });
  metrics.getMeter('hostile').createCounter('hostile.words').add(1, { word });
  const response = await fetch(`http://127.0.0.1:${port}/${word}`);
  answers.push(await response.text());
}
await wait(Number(process.env.LIVE_MS ?? 1_700));
// What is kept, and not what a busy machine has not collected yet.
globalThis.gc?.();
const heapMiB = (heap() - before) / 1_048_576;
process.stdout.write(JSON.stringify({ answers, heapMiB, livedMs: performance.now() }));
server.close();
