import { startOtlpReceiver } from '@bellwether/testkit';
import { expect, test } from 'vitest';
import { completeWithSdk } from './run-with-sdk.ts';

const names = [
  'sizes.seen',
  'http.server.request.duration',
  'http.client.request.duration',
  'plain.sizes',
];

test.each([
  [undefined, 'histogram'],
  ['explicit_bucket_histogram', 'histogram'],
  ['base2_exponential_bucket_histogram', 'exponentialHistogram'],
])('with the aggregation %s, meters and the SDK send a %s', async (aggregation, kind) => {
  const receiver = await startOtlpReceiver();
  await completeWithSdk(receiver, {
    file: 'sdk-histogram.mjs',
    env: {
      ...(aggregation && { OTEL_EXPORTER_OTLP_METRICS_DEFAULT_HISTOGRAM_AGGREGATION: aggregation }),
    },
  });
  for (const name of names) {
    const points = receiver.points(name);
    expect(points.length, name).toBeGreaterThan(0);
    expect([...new Set(points.map((point) => point.kind))], name).toEqual([kind]);
  }
  expect(receiver.points('plain.calls')).toMatchObject([{ kind: 'sum', value: 1 }]);
  const sizes = receiver.points('sizes.seen');
  expect(sizes.map(({ count, sum }) => [count, sum])).toEqual([
    [1, 50],
    [1, 500],
  ]);
});
