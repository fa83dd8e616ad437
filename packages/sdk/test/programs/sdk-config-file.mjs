import { counter, defineMeters, runWithTenant } from '@bellwether/meters';
import { logs, metrics, trace } from '@opentelemetry/api';

const meters = defineMeters('file', {
  work: counter('file.work', { unit: '{thing}', description: 'Work done' }),
});
runWithTenant('acme', () => {
  meters.work.add(2);
  trace.getTracer('file').startActiveSpan('outer', (outer) => {
    trace.getTracer('file').startSpan('inner').end();
    outer.end();
  });
  logs.getLogger('file').emit({ body: 'worked' });
});
metrics.getMeter('file').createCounter('file.plain').add(1);
