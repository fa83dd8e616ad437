import { type OtlpReceiver, startOtlpReceiver } from '@bellwether/testkit';
import { expect, test } from 'vitest';
import { completeWithSdk } from './run-with-sdk.ts';

/** All of it is to arrive, on a busy machine as well. */
const patient = { BELLWETHER_FLUSH_TIMEOUT: '15000' };
const SERIES = 3_000;
const TOTAL = (SERIES * (SERIES - 1)) / 2;

const metricRequests = (receiver: OtlpReceiver) =>
  receiver.requests.filter(({ signal }) => signal === 'metrics');

/** How many series of a metric arrived, and the sum of their values. */
function arrived(receiver: OtlpReceiver, name: string) {
  const points = receiver.points(name);
  return [points.length, points.reduce((sum, point) => sum + (point.value ?? point.sum ?? 0), 0)];
}

for (const compression of ['none', 'gzip'])
  test(`many series leave in several requests, each series once (compression ${compression})`, async () => {
    const receiver = await startOtlpReceiver();
    await completeWithSdk(receiver, {
      file: 'sdk-many-series.mjs',
      env: {
        ...patient,
        OTEL_EXPORTER_OTLP_COMPRESSION: compression,
        OTEL_TRACES_EXPORTER: 'none',
      },
    });
    expect(receiver.malformed).toEqual([]);
    const requests = metricRequests(receiver);
    expect(requests.length).toBeGreaterThan(4);
    // The first one has what upstream collected besides.
    if (compression === 'none')
      for (const { bytes } of requests.slice(1)) expect(bytes).toBeLessThan(263_000);
    for (const name of ['many.sums', 'many.times', 'many.plain']) {
      expect(arrived(receiver, name), name).toEqual([
        name === 'many.plain' ? 3_000 : SERIES,
        TOTAL,
      ]);
      expect(receiver.history(name)).toHaveLength(SERIES);
    }
    const resources = receiver.metrics().map(({ resource }) => JSON.stringify(resource));
    expect(new Set(resources).size).toBe(1);
  });

test('so they do at process.exit(), and all of them arrive', async () => {
  const receiver = await startOtlpReceiver();
  await completeWithSdk(receiver, { file: 'sdk-many-series.mjs', args: ['exit'], env: patient });
  expect(metricRequests(receiver).length).toBeGreaterThan(4);
  expect(arrived(receiver, 'many.sums')).toEqual([SERIES, TOTAL]);
  expect(arrived(receiver, 'many.times')).toEqual([SERIES, TOTAL]);
});

test('a Collector that refuses one request is asked for the others; one that is gone is not', async () => {
  const refusing = await startOtlpReceiver();
  refusing.failWith(400);
  await completeWithSdk(refusing, { file: 'sdk-many-series.mjs', env: patient });
  expect(metricRequests(refusing).length).toBeGreaterThan(4);
  const ill = await startOtlpReceiver();
  ill.failWith(503);
  await completeWithSdk(ill, { file: 'sdk-many-series.mjs' });
  expect(metricRequests(ill)).toHaveLength(1);
});
