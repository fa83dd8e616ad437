import { counter, defineMeters, runWithTenant } from '@bellwether/meters';
import { exportRegistry } from '@bellwether/sdk/prom-client';
import { logs, metrics, trace } from '@opentelemetry/api';
import { Counter, Registry } from 'prom-client';

const meters = defineMeters('file', {
  work: counter('file.work', { unit: '{thing}', description: 'Work done' }),
});
runWithTenant('acme', () => {
  meters.work.add(2);
  trace.getTracer('file').startActiveSpan('outer', (outer) => {
    trace.getTracer('file').startSpan('inner').end();
    outer.end();
  });
  const exception = new Error('password=hunter2');
  logs.getLogger('file').emit({ body: 'worked', attributes: { at: new Date(0) }, exception });
});
for (let left = Number(process.env.REGISTRIES ?? 0); left > 0; left -= 1) {
  const registry = new Registry();
  new Counter({ name: 'registered', help: 'Registered', registers: [registry] }).inc();
  exportRegistry(registry);
}
metrics.getMeter('file').createCounter('file.plain').add(1);
console.log('worked');
