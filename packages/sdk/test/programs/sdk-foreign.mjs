// Another SDK was here first.
import { startSdk } from '@bellwether/sdk';
import { metrics, trace } from '@opentelemetry/api';
import { MeterProvider } from '@opentelemetry/sdk-metrics';

metrics.setGlobalMeterProvider(new MeterProvider());
const sdk = await startSdk();
console.log(trace.getTracer('x').startSpan('x').isRecording());
await sdk.shutdown();
console.log(metrics.getMeterProvider().constructor.name);
