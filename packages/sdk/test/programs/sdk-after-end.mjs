// What the application does with an SDK that it has shut down.
import { counter, defineMeters } from '@bellwether/meters';
import { startSdk } from '@bellwether/sdk';
import { logs, metrics, trace } from '@opentelemetry/api';

const meters = defineMeters('end', {
  calls: counter('end.calls', { unit: '{call}', description: 'Calls' }),
});
const sdk = await startSdk({ config: { preamble: false } });
const logger = logs.getLogger('end');
const tracer = trace.getTracer('end');
const meter = metrics.getMeter('end.plain');
meters.calls.add(1);
await sdk.shutdown();

meters.calls.add(10);
logger.emit({ body: 'late' });
tracer.startSpan('late').end();
meter.createCounter('end.late').add(1);
await sdk.forceFlush();
await sdk.shutdown();
console.log('done');
