// Starts spans of every kind and log records, says how many, and lives until it is killed:
//   a burst of 100 at once, more than a small queue holds, then one every few milliseconds.
import { context, logs, propagation, ROOT_CONTEXT, trace } from '@opentelemetry/api';

const BURST = 100;
const STEADY = 100;
const tracer = trace.getTracer('self');
const remote = (sampled) =>
  propagation.extract(ROOT_CONTEXT, {
    traceparent: `00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0${sampled}`,
  });

function one() {
  const parent = tracer.startSpan('root', undefined, ROOT_CONTEXT);
  tracer.startSpan('child', undefined, trace.setSpan(ROOT_CONTEXT, parent)).end();
  parent.end();
  tracer.startSpan('called', undefined, remote(1)).end();
  const unsampled = tracer.startSpan('unsampled', undefined, remote(0));
  tracer.startSpan('below', undefined, trace.setSpan(ROOT_CONTEXT, unsampled)).end();
  unsampled.end();
  logs.getLogger('self').emit({ body: 'one', context: context.active() });
}

for (let i = 0; i < BURST; i++) one();
for (let i = 0; i < STEADY; i++) {
  one();
  await new Promise((resolve) => setTimeout(resolve, 5));
}
tracer.startSpan('never written', undefined, ROOT_CONTEXT).addLink({}).end();
tracer.startSpan('never ended', undefined, ROOT_CONTEXT);
console.log(`${BURST + STEADY} each`);
setInterval(() => {}, 60_000);
