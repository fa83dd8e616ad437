import { paidOrders } from '../../queries/business-queries.ts';
import { errorRatio, latency, requestRate } from '../../queries/http-queries.ts';
import { environments, routes, services } from '../../queries/presence-queries.ts';
import { healthFormula, healthScore } from '../../queries/tenants-queries.ts';
import { perHour } from '../../query/per-hour.ts';
import { TENANT } from '../../query/service-labels.ts';
import { everybody, type Question } from '../question.ts';

const BY = [TENANT];
const column = { kind: 'table', ask: 'instant', legend: '{{tenant_id}}', whom: everybody } as const;
const choice = { kind: 'table', ask: 'instant', unit: '1' } as const;

/** Asked by the server itself: the columns of the table of tenants, and what the filters of the page offer. */
export const tableQuestions: readonly Question[] = [
  {
    name: 'tenants-health',
    title: 'Health',
    description: `How well each tenant is served, 0 to 1.\n\n${healthFormula}`,
    unit: '1',
    ...column,
    promql: (scope, _whom, spec) => healthScore(spec, scope),
  },
  {
    name: 'tenants-request-rate',
    title: 'Requests',
    description: 'Requests a second of each tenant.',
    unit: '{request}/s',
    ...column,
    promql: (scope) => requestRate(scope, BY),
  },
  {
    name: 'tenants-error-ratio',
    title: 'Errors',
    description: 'Share of the requests of each tenant that were answered with 5xx.',
    unit: '1',
    ...column,
    promql: (scope) => errorRatio(scope, BY),
  },
  {
    name: 'tenants-latency-p95',
    title: 'Time to answer, p95',
    description: 'The time within which 95 % of the requests of each tenant were answered.',
    unit: 's',
    ...column,
    promql: (scope) => latency(0.95, scope, BY),
  },
  {
    name: 'tenants-orders-per-hour',
    title: 'Paid orders',
    description: 'Paid orders an hour of each tenant.',
    unit: '{order}/h',
    ...column,
    promql: (scope, _whom, spec) => {
      const paid = paidOrders(spec, scope, { of: 'rate', by: BY });
      return paid && perHour(paid);
    },
  },
  {
    name: 'environments',
    title: 'Environments',
    description: 'Environments with requests in the time range.',
    ...choice,
    legend: '{{deployment_environment_name}}',
    promql: (scope) => environments(scope),
  },
  {
    name: 'services',
    title: 'Services',
    description: 'Services with requests in the time range.',
    ...choice,
    legend: '{{service_name}}',
    promql: (scope) => services(scope),
  },
  {
    name: 'routes',
    title: 'Routes',
    description: 'Routes with requests in the time range.',
    ...choice,
    legend: '{{http_route}}',
    promql: (scope) => routes(scope),
  },
];
