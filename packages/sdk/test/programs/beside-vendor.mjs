// Records by our meters and by the plain API, serves and makes one HTTP request, and ends.
import { once } from 'node:events';
import http from 'node:http';
import { counter, defineMeters } from '@bellwether/meters';
import { metrics, trace } from '@opentelemetry/api';

const meters = defineMeters('beside', {
  done: counter('beside.done', { unit: '{thing}', description: 'Things done' }),
});
meters.done.add(1);
metrics.getMeter('beside').createCounter('beside.plain').add(1);
trace.getTracer('beside').startSpan('work').end();
const server = http.createServer((_request, response) => response.end('hello')).listen(0);
await once(server, 'listening');
const request = http.get({ port: server.address().port, agent: false });
const [response] = await once(request, 'response');
await response.toArray();
server.close();
