import { runWithTenant } from '@bellwether/meters';
import { metrics } from '@opentelemetry/api';

const meter = metrics.getMeter('upstream');
const counter = meter.createCounter('upstream.calls', { unit: '{call}' });
const duration = meter.createHistogram('upstream.duration', {
  unit: 's',
  advice: { explicitBucketBoundaries: [1, 2] },
});
meter.createObservableGauge('upstream.level').addCallback((result) => result.observe(1));

counter.add(1);
for (let tenant = 0; tenant < 10; tenant++) {
  runWithTenant(`tenant-${tenant}`, () => {
    counter.add(1, { kind: 'a' });
    duration.record(1.5);
  });
}
