import { createServer } from 'node:http';
import { defineMeters, histogram } from '@bellwether/meters';
import { metrics } from '@opentelemetry/api';

const meters = defineMeters('sizes', {
  sizes: histogram('sizes.seen', { unit: 'By', boundaries: [10, 100] }),
});
meters.sizes.record(50);
meters.sizes.forTenant('acme').bind().record(500);

const plain = metrics.getMeter('plain');
plain.createHistogram('plain.sizes').record(5);
plain.createCounter('plain.calls').add(1);

const server = createServer((_request, response) => response.end('hello'));
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
await (await fetch(`http://127.0.0.1:${server.address().port}/`)).text();
server.close();
