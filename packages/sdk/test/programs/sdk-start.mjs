// The SDK from code: start, second start, shutdown, start again.
import { counter, defineMeters } from '@bellwether/meters';
import { startSdk } from '@bellwether/sdk';
import { trace } from '@opentelemetry/api';

const meters = defineMeters('code', {
  early: counter('code.early', { unit: '{thing}', description: 'Before the start' }),
  late: counter('code.late', { unit: '{thing}', description: 'After the start' }),
});
meters.early.add(1);

const sdk = await startSdk({
  config: { preamble: false },
  resourceAttributes: { 'service.name': 'from-code' },
});
meters.late.add(1);
trace.getTracer('code').startSpan('first').end();

const second = await startSdk();
await second.shutdown();

await sdk.forceFlush();
await Promise.all([sdk.shutdown(), sdk.shutdown()]);
trace.getTracer('code').startSpan('lost').end();

const again = await startSdk({ config: { preamble: false } });
meters.late.add(1);
trace.getTracer('code').startSpan('second').end();
await again.shutdown();
console.log('done');
