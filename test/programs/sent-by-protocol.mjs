// Usage: OTEL_EXPORTER_OTLP_PROTOCOL=grpc node --import @bellwether/sdk/register sent-by-protocol.mjs
import { createRequire } from 'node:module';
import { counter, defineMeters } from '@bellwether/meters';

const { sent } = defineMeters('protocol', {
  sent: counter('protocol.sent', { unit: '{call}', description: 'Calls of this program' }),
});
sent.add(3);
const loaded = Object.keys(createRequire(import.meta.url).cache);
console.log(`gRPC is ${loaded.some((file) => file.includes('@grpc/grpc-js')) ? '' : 'not '}loaded`);
