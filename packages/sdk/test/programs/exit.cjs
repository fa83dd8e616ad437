// The same as exit.mjs.
const { counter, defineMeters } = require('@bellwether/meters');
const { logs, trace } = require('@opentelemetry/api');
const exitWays = require('./exit-ways.cjs');

const meters = defineMeters('end', {
  done: counter('end.done', { unit: '{thing}', description: 'Things done' }),
});
exitWays(() => {
  meters.done.add(1);
  trace.getTracer('end').startSpan('work').end();
  logs.getLogger('end').emit({ body: 'worked' });
})[process.argv[2]]();
