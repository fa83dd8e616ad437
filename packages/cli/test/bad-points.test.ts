import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pollUntil } from '@bellwether/testkit';
import { expect, test } from 'vitest';
import { promQuery, startStack } from '../src/index.ts';
import { counterMetric, sendMetrics } from './otlp-json.ts';

const HOUR_MS = 3_600_000;

test('a point that Prometheus would refuse costs no other point', {
  timeout: 600_000,
}, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'bad-points-'));
  const stack = await startStack({ dataDir: folder, services: ['prometheus', 'collector'] });
  try {
    const counter = (name: string, offsetMs = 0) =>
      counterMetric({ name, value: 5, temporality: 'cumulative', offsetMs });
    const { collectorHttp, prometheus } = stack.addresses;
    // Without a sample of its own Prometheus has no idea of what is too old.
    await sendMetrics(collectorHttp, [counter('tests.first')]);
    const value = async (name: string) => (await promQuery(prometheus, name))[0]?.value;
    await pollUntil(async () => (await value('tests_first_total')) === 5, { timeoutMs: 20_000 });

    await sendMetrics(collectorHttp, [
      counter('tests.before.future'),
      counter('tests.future', HOUR_MS),
    ]);
    await sendMetrics(collectorHttp, [
      counter('tests.before.delta'),
      deltaExponentialHistogram('tests.exponential'),
      counterMetric({ name: 'tests.delta', value: 5, temporality: 'delta' }),
    ]);
    await sendMetrics(collectorHttp, [
      counter('tests.before.old'),
      counter('tests.old', -2 * HOUR_MS),
    ]);

    for (const name of ['delta', 'future', 'old']) {
      await pollUntil(async () => (await value(`tests_before_${name}_total`)) === 5, {
        timeoutMs: 15_000,
        message: `the good point beside the ${name} one`,
      });
    }
    expect(await value('tests_delta_total')).toBeUndefined();
  } finally {
    await stack.stop({ volumes: true });
    rmSync(folder, { recursive: true, force: true });
  }
});

function deltaExponentialHistogram(name: string): object {
  const now = BigInt(Date.now()) * 1_000_000n;
  const point = {
    startTimeUnixNano: String(now - 1_000_000_000n),
    timeUnixNano: String(now),
    count: '2',
    sum: 3,
    scale: 0,
    zeroCount: '0',
    positive: { offset: 0, bucketCounts: ['1', '1'] },
  };
  return {
    name,
    unit: 's',
    exponentialHistogram: { aggregationTemporality: 1, dataPoints: [point] },
  };
}
