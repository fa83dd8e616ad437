// Uses the plain OpenTelemetry API, the same under ours and under upstream's SDK.
import { context, logs, metrics, propagation, trace } from '@opentelemetry/api';

const tracer = trace.getTracer('plain', '1.0');
const span = tracer.startSpan('parent', { attributes: { first: 'abcdef', second: 'ghijkl' } });
span.addEvent('one', { key: 'value' });
span.addEvent('two');
const inside = trace.setSpan(context.active(), span);
tracer.startSpan('child', {}, inside).end();
const carrier = {};
propagation.inject(
  propagation.setBaggage(inside, propagation.createBaggage({ key: { value: 'x' } })),
  carrier,
);
console.log(Object.keys(carrier).sort().join());
span.end();

const meter = metrics.getMeter('plain', '1.0');
meter.createCounter('plain.counter', { unit: '{thing}' }).add(2, { kind: 'a' });
meter.createUpDownCounter('plain.level').add(-1);
meter.createGauge('plain.gauge').record(4);
meter.createHistogram('plain.default').record(7);
meter
  .createHistogram('plain.advised', { unit: 's', advice: { explicitBucketBoundaries: [1, 2] } })
  .record(1.5);
meter.createObservableGauge('plain.observed').addCallback((result) => result.observe(3));
logs.getLogger('plain').emit({ body: 'hello', attributes: { long: 'abcdef', other: 1 } });
