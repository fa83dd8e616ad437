// Nine new series before each of 50 collections, with a limit of ten. See README.md
import { AggregationType, MeterProvider, MetricReader } from '@opentelemetry/sdk-metrics';

class Reader extends MetricReader {
  async onForceFlush() {}
  async onShutdown() {}
}

const reader = new Reader();
const aggregation = { type: AggregationType.SUM };
const views = [{ instrumentName: 'orders', aggregation, aggregationCardinalityLimit: 10 }];
const orders = new MeterProvider({ readers: [reader], views })
  .getMeter('repro')
  .createCounter('orders');
let points = [];
for (let collection = 0; collection < 50; collection++) {
  for (let i = 0; i < 9; i++) orders.add(1, { tenant: `t${collection}-${i}` });
  const { resourceMetrics } = await reader.collect();
  points = resourceMetrics.scopeMetrics[0].metrics[0].dataPoints;
}
console.log(`limit 10, series ${points.length}`);
process.exitCode = points.length > 10 ? 0 : 1;
