import { counterMetric } from './otlp-json.ts';

const HOUR_MS = 3_600_000;
const CUMULATIVE = 2;
const DELTA = 1;

/** What other services may send and Prometheus refuses with all that is in the same request; by what is wrong with it. */
export const poisonedMetrics: Readonly<Record<string, () => object>> = {
  'a delta counter': () => counterMetric({ name: 'bad.delta', value: 5, temporality: 'delta' }),
  'a delta exponential histogram': () =>
    exponential('bad.exponential.delta', { temporality: DELTA }),
  'a counter without temporality': () => ({
    name: 'bad.unspecified',
    sum: { isMonotonic: true, dataPoints: [number()] },
  }),
  'a histogram without temporality': () => ({
    name: 'bad.histogram',
    histogram: {
      dataPoints: [
        { ...times(), count: '1', sum: 1, explicitBounds: [1], bucketCounts: ['1', '0'] },
      ],
    },
  }),
  'a metric without a type': () => ({ name: 'bad.empty' }),
  'a name of punctuation': () => gauge('---'),
  'an exponential histogram of scale -5': () => exponential('bad.scale', { scale: -5 }),
  'an hour ahead': () => counter('bad.future', HOUR_MS),
  'two hours late': () => counter('bad.old', -2 * HOUR_MS),
  'the year 1970': () => counter('bad.epoch', HOUR_MS - Date.now()),
  'a tenant id that is a path': () => gauge('bad.tenant', [text('tenant.id', '../x')]),
  'a tenant id of a thousand characters': () =>
    gauge('bad.tenant', [text('tenant.id', 'x'.repeat(1_000))]),
  'a tenant id that is an object': () =>
    gauge('bad.tenant', [
      { key: 'tenant.id', value: { kvlistValue: { values: [text('a', 'b')] } } },
    ]),
};

/** These arrive, as other than what was sent. */
export const mendedMetrics: Readonly<Record<string, () => object>> = {
  'an attribute without a name': () => gauge('mended.empty', [text('', 'a'), text('kind', 'b')]),
  'an attribute of punctuation': () => gauge('mended.signs', [text('!?', 'a'), text('kind', 'b')]),
};

/** No filter can tell: a number of buckets that do not add up to their count. */
export const miscounted = () => exponential('bad.count', { count: '99' });

const text = (key: string, stringValue: string) => ({ key, value: { stringValue } });

const counter = (name: string, offsetMs: number) =>
  counterMetric({ name, value: 5, temporality: 'cumulative', offsetMs });

function times() {
  const now = BigInt(Date.now()) * 1_000_000n;
  return { startTimeUnixNano: String(now - 1_000_000_000n), timeUnixNano: String(now) };
}

const number = (attributes: readonly object[] = []) => ({ ...times(), asInt: '5', attributes });

const gauge = (name: string, attributes?: readonly object[]) => ({
  name,
  gauge: { dataPoints: [number(attributes)] },
});

function exponential(name: string, { temporality = CUMULATIVE, scale = 0, count = '2' }): object {
  const buckets = { offset: 0, bucketCounts: ['1', '1'] };
  const point = { ...times(), count, sum: 3, scale, zeroCount: '0', positive: buckets };
  return {
    name,
    exponentialHistogram: { aggregationTemporality: temporality, dataPoints: [point] },
  };
}
