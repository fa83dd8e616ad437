// Records a metric, a span and a log, and ends in the way that the argument names.
import { counter, defineMeters } from '@bellwether/meters';
import { logs, trace } from '@opentelemetry/api';
import exitWays from './exit-ways.cjs';

const meters = defineMeters('end', {
  done: counter('end.done', { unit: '{thing}', description: 'Things done' }),
});
const record = () => {
  meters.done.add(1);
  trace.getTracer('end').startSpan('work').end();
  logs.getLogger('end').emit({ body: 'worked' });
};
await exitWays(record)[process.argv[2]]();
