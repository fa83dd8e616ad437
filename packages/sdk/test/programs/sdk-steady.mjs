// Records a metric, a span and a log every 10 ms, for as many milliseconds as the argument says.
import { counter, defineMeters } from '@bellwether/meters';
import { logs, trace } from '@opentelemetry/api';

const meters = defineMeters('steady', {
  beats: counter('steady.beats', { unit: '{beat}', description: 'Beats' }),
});
const end = Date.now() + Number(process.argv[2] ?? 0);
do {
  meters.beats.add(1);
  trace.getTracer('steady').startSpan('beat').end();
  logs.getLogger('steady').emit({ body: 'beat' });
  await new Promise((resolve) => setTimeout(resolve, 10));
} while (Date.now() < end);
console.log('done');
