// Records by the API that lies beside it, which is not the copy of the preload.
import { metrics, trace } from '@opentelemetry/api';

const tracer = trace.getTracer('own-api');
tracer.startActiveSpan('outer', (outer) => {
  tracer.startSpan('inner').end();
  outer.end();
});
metrics.getMeter('own-api').createCounter('own.calls').add(2, { by: 'the API' });
