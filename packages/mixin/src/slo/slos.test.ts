import {
  catalogOf,
  counter,
  defineMeters,
  histogram,
  type MeterCatalog,
  oneOf,
  upTo,
} from '@bellwether/meters';
import { expect, test } from 'vitest';
import { ruleScope } from '../query/query-scope.ts';
import { resolveSpec } from '../resolve-spec.ts';
import { sloRules } from '../rules/slo-rules.ts';
import { allSlos } from './all-slos.ts';

const objectives = [{ service: 'api', availability: 0.999, latency: { within: 1, target: 0.99 } }];
const catalog = catalogOf(
  defineMeters('slos', {
    paid: counter('orders', {
      attributes: { status: oneOf('paid', 'declined', 'refunded'), zone: upTo(5) },
      objective: {
        availability: {
          of: { status: ['paid', 'declined'], zone: ['a.b'] },
          good: { status: ['paid'] },
          target: 0.95,
        },
      },
    }),
    slow: histogram('job.time', {
      unit: 's',
      tenant: false,
      boundaries: [0.5, 1],
      objective: { latency: { within: 0.5, target: 0.9 } },
    }),
  }),
) as MeterCatalog;
const spec = resolveSpec({ catalogs: [catalog], objectives });
const classic = ruleScope('5m', 'classic');
const found = (id: string) => {
  const slo = allSlos(spec).find((one) => one.id === id);
  if (slo === undefined) throw new Error(`no ${id} among ${allSlos(spec).map((one) => one.id)}`);
  return slo;
};

test('every promise has a name and a sentence', () => {
  expect(allSlos(spec).map(({ id, promise }) => `${id}: ${promise}`)).toEqual([
    'api-http-availability: 99.9 % of requests to api do not end with 5xx',
    'api-http-latency: 99 % of requests to api are within 1 s',
    'orders-availability: 95 % of orders are paid',
    'job-time-latency: 90 % of job.time are within 0.5 s',
  ]);
});

test('availability of a service counts 5xx of that service', () => {
  const count = 'rate(http_server_request_duration_seconds_count';
  expect(found('api-http-availability').badEvents(classic, ['job'])).toBe(
    `sum by (job) (${count}{service_name="api",http_response_status_code=~"5.."}[5m])) or 0 * sum by (job) (${count}{service_name="api"}[5m]))`,
  );
});

test('latency subtracts the bucket, whichever way its bound is written', () => {
  const bad = found('api-http-latency').badEvents(classic, []);
  expect(bad).toContain('_bucket{service_name="api",le=~"1|1[.]0"}[5m]');
  expect(found('job-time-latency').badEvents(classic, [])).toBe(
    'clamp_min(sum(rate(job_time_seconds_count[5m])) - (sum(rate(job_time_seconds_bucket{le="0.5"}[5m])) or 0 * sum(rate(job_time_seconds_count[5m]))), 0)',
  );
});

test('latency of native histograms is a fraction, which is nothing while nothing happens', () => {
  expect(found('job-time-latency').badEvents(ruleScope('5m', 'native'), [])).toBe(
    'clamp_min(sum(histogram_count(rate(job_time_seconds[5m]))) - (histogram_fraction(-Inf, 0.5, sum(rate(job_time_seconds[5m]))) * histogram_count(sum(rate(job_time_seconds[5m]))) >= 0 or 0 * sum(histogram_count(rate(job_time_seconds[5m])))), 0)',
  );
});

test('availability of a counter is about the values that it names', () => {
  const slo = found('orders-availability');
  expect(slo.events(classic, [])).toBe(
    'sum(rate(orders_total{status=~"paid|declined",zone="a.b"}[5m]))',
  );
  expect(slo.badEvents(classic, [])).toContain(
    '(sum(rate(orders_total{status="paid",zone="a.b"}[5m])) or 0 * ',
  );
  expect(slo.series({}, { good: '1', bad: '2', all: '3' })).toEqual({
    'orders_total{status="paid",zone="a.b"}': '1',
    'orders_total{status="declined",zone="a.b"}': '2',
  });
});

test('a metric without tenant has no rules for tenants', () => {
  const records = sloRules(spec)
    .flatMap(({ rules }) => rules)
    .filter(({ labels }) => labels?.slo === 'job-time-latency')
    .map(({ record }) => record);
  expect(records).toEqual(['slo:target:ratio', 'slo:events:rate5m', 'slo:bad_events:rate5m']);
});

test('without a promise there is nothing to record', () => {
  const plain = catalogOf(defineMeters('plain', { a: counter('a') })) as MeterCatalog;
  expect(sloRules(resolveSpec({ catalogs: [plain] }))).toEqual([]);
});

test('one instrument of two services promises once', () => {
  const twin = { ...catalog, scope: 'twin' };
  const ids = allSlos(resolveSpec({ catalogs: [catalog, twin] })).map(({ id }) => id);
  expect(ids).toEqual(['orders-availability', 'job-time-latency']);
});
