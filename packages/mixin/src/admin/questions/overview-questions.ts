import { paidOrders, revenue } from '../../queries/business-queries.ts';
import { errorRatio, latency, requestRate, tenantsServed } from '../../queries/http-queries.ts';
import { perHour } from '../../query/per-hour.ts';
import { serviceThresholds } from '../../thresholds/service-thresholds.ts';
import { everybody, type Question } from '../question.ts';
import { criticalAlerts, warnings } from './alert-questions.ts';
import { leastBudget } from './slo-questions.ts';
import { health } from './tenant-questions.ts';

const requests: Question = {
  name: 'request-rate',
  title: 'Requests',
  description: 'Requests a second that were answered.',
  unit: '{request}/s',
  kind: 'stat',
  promql: (scope) => requestRate(scope),
};

const errors: Question = {
  name: 'error-ratio',
  title: 'Errors',
  description: 'Share of requests that were answered with an error of ours (5xx).',
  unit: '1',
  kind: 'stat',
  levels: serviceThresholds.errorRatio,
  promql: (scope) => errorRatio(scope),
};

const slowest: Question = {
  name: 'latency-p99',
  title: 'Time to answer, p99',
  description: 'The time within which 99 % of requests were answered.',
  unit: 's',
  kind: 'stat',
  levels: serviceThresholds.latencyP99,
  promql: (scope) => latency(0.99, scope),
};

const customers: Question = {
  name: 'tenants-served',
  title: 'Tenants served',
  description: 'Tenants that made at least one request.',
  unit: '{tenant}',
  kind: 'stat',
  whom: everybody,
  promql: (scope) => tenantsServed(scope),
};

const orders: Question = {
  name: 'orders-per-hour',
  title: 'Paid orders',
  description: 'Paid orders an hour.',
  unit: '{order}/h',
  kind: 'stat',
  promql: (scope, _whom, spec) => {
    const paid = paidOrders(spec, scope, { of: 'rate' });
    return paid && perHour(paid);
  },
};

const earned: Question = {
  name: 'revenue-per-hour',
  title: 'Revenue',
  description: 'Amount of paid orders an hour, by currency, before refunds.',
  unit: '{currency}/h',
  kind: 'stat',
  legend: '{{currency}}',
  promql: (scope, _whom, spec) => {
    const amount = revenue(spec, scope, { of: 'rate' });
    return amount && perHour(amount);
  },
};

const load: Question = {
  name: 'request-rate-by-service',
  title: 'Requests by service',
  description: 'Requests a second that each service answered.',
  unit: '{request}/s',
  kind: 'timeseries',
  legend: '{{service_name}}',
  graph: 'stacked',
  promql: (scope) => requestRate(scope, ['service_name']),
};

const failing: Question = {
  name: 'error-ratio-by-service',
  title: 'Errors by service',
  description: 'Share of the requests of each service that were answered with 5xx.',
  unit: '1',
  kind: 'timeseries',
  legend: '{{service_name}}',
  levels: serviceThresholds.errorRatio,
  promql: (scope) => errorRatio(scope, ['service_name']),
};

export const overviewQuestions: readonly Question[] = [
  requests,
  errors,
  slowest,
  criticalAlerts,
  warnings,
  customers,
  health,
  orders,
  earned,
  leastBudget,
  load,
  failing,
];
