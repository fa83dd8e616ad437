// Baggage whose metadata holds a line feed, on a request. See README.md
import { once } from 'node:events';
import { createServer, request } from 'node:http';
import {
  baggageEntryMetadataFromString,
  defaultTextMapSetter,
  propagation,
  ROOT_CONTEXT,
} from '@opentelemetry/api';
import { W3CBaggagePropagator } from '@opentelemetry/core';

const metadata = baggageEntryMetadataFromString('note=first line\nsecond line');
const baggage = propagation.createBaggage({ 'tenant.id': { value: 'acme', metadata } });
const headers = {};
new W3CBaggagePropagator().inject(
  propagation.setBaggage(ROOT_CONTEXT, baggage),
  headers,
  defaultTextMapSetter,
);

const server = createServer((_, response) => response.end()).listen(0, '127.0.0.1');
await once(server, 'listening');
let outcome = 'it was sent';
try {
  const { port } = server.address();
  const [response] = await once(request({ port, headers }).end(), 'response');
  response.resume();
} catch ({ code }) {
  outcome = code;
}
server.closeAllConnections();
server.close();
console.log(`${JSON.stringify(headers)}: ${outcome}`);
process.exitCode = outcome === 'ERR_INVALID_CHAR' ? 0 : 1;
