import { paidOrders, revenue } from '../../queries/business-queries.ts';
import { activeRequests, errorRate, latency, requestRate } from '../../queries/http-queries.ts';
import { perHour } from '../../query/per-hour.ts';
import { serviceThresholds } from '../../thresholds/service-thresholds.ts';
import type { Question } from '../question.ts';

/** All have one value, or one for each currency: the figures of the live stream. */
export const liveQuestions: readonly Question[] = [
  {
    name: 'live-request-rate',
    title: 'Requests',
    description: 'Requests a second.',
    unit: '{request}/s',
    kind: 'stat',
    promql: (scope) => requestRate(scope),
  },
  {
    name: 'live-error-rate',
    title: 'Failed requests',
    description: 'Requests a second that were answered with 5xx.',
    unit: '{request}/s',
    kind: 'stat',
    promql: (scope) => `${errorRate(scope)} or 0 * ${requestRate(scope)}`,
  },
  {
    name: 'live-latency-p95',
    title: 'Time to answer, p95',
    description: 'The time within which 95 % of requests were answered.',
    unit: 's',
    kind: 'stat',
    levels: serviceThresholds.latencyP99,
    promql: (scope) => latency(0.95, scope),
  },
  {
    name: 'live-active-requests',
    title: 'Under way',
    description: 'Requests that were accepted and are not answered yet.',
    unit: '{request}',
    kind: 'stat',
    promql: (scope) => activeRequests(scope),
  },
  {
    name: 'live-orders',
    title: 'Paid orders',
    description: 'Paid orders an hour.',
    unit: '{order}/h',
    kind: 'stat',
    promql: (scope, _whom, spec) => {
      const paid = paidOrders(spec, scope, { of: 'rate' });
      return paid && perHour(paid);
    },
  },
  {
    name: 'live-revenue',
    title: 'Revenue',
    description: 'Amount of paid orders an hour, by currency.',
    unit: '{currency}/h',
    kind: 'stat',
    legend: '{{currency}}',
    promql: (scope, _whom, spec) => {
      const amount = revenue(spec, scope, { of: 'rate' });
      return amount && perHour(amount);
    },
  },
];
