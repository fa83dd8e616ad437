// An instrument of the plain API that upstream's code can't write, one whose callback never ends, and good ones beside them.
import { counter, defineMeters } from '@bellwether/meters';
import { metrics } from '@opentelemetry/api';

const meters = defineMeters('odd', {
  work: counter('odd.work', { unit: '{thing}', description: 'Work done' }),
});
const plain = metrics.getMeter('odd');
if (process.env.ODD === 'name') plain.createCounter(undefined).add(1);
else plain.createObservableGauge('odd.late').addCallback(() => new Promise(() => {}));
plain.createCounter('odd.plain').add(2);
meters.work.add(3);
setInterval(() => {}, 60_000);
