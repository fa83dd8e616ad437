import {
  foldedRate,
  healthFormula,
  healthScore,
  refusedIdRate,
  tenantsAdmitted,
} from '../../queries/tenants-queries.ts';
import { businessThresholds } from '../../thresholds/business-thresholds.ts';
import { tenantsThresholds } from '../../thresholds/tenants-thresholds.ts';
import { orNone } from '../or-none.ts';
import { everybody, type Question } from '../question.ts';

/** The mean of all tenants, or the one that is asked about. */
export const health: Question = {
  name: 'tenant-health',
  title: 'Tenant health',
  description: `How well tenants are served, 0 to 1, on average.\n\n${healthFormula}`,
  unit: '1',
  kind: 'stat',
  levels: businessThresholds.tenantHealth,
  bad: 'below',
  promql: (scope, _whom, spec) => `avg(${healthScore(spec, scope)})`,
};

export const tenantQuestions: readonly Question[] = [
  {
    name: 'tenants-worst',
    title: 'Tenants that fare worst',
    description: `The ten lowest health scores in the time range, 0 to 1.\n\n${healthFormula}`,
    unit: '1',
    kind: 'bar',
    ask: 'instant',
    legend: '{{tenant_id}}',
    whom: everybody,
    levels: businessThresholds.tenantHealth,
    bad: 'below',
    promql: (scope, _whom, spec) => `bottomk(10, ${healthScore(spec, scope)})`,
  },
  {
    name: 'tenants-admitted',
    title: 'Tenants with a name',
    description: 'Tenants that have their own series; others add up under __other__.',
    unit: '{tenant}',
    kind: 'timeseries',
    legend: '{{service_name}}',
    whom: everybody,
    promql: (scope) => tenantsAdmitted(scope, ['service_name']),
  },
  {
    name: 'tenants-folded',
    title: 'Folded into __other__',
    description: 'Recordings a second of tenants beyond the budget.',
    unit: '{recording}/s',
    kind: 'timeseries',
    legend: '{{service_name}}',
    whom: everybody,
    levels: tenantsThresholds.foldedRate,
    promql: (scope) => orNone(foldedRate(scope, ['service_name'])),
  },
  {
    name: 'tenants-refused',
    title: 'Malformed tenant ids',
    description: 'Tenant ids a second that were refused for their shape.',
    unit: '{id}/s',
    kind: 'timeseries',
    legend: '{{service_name}}',
    whom: everybody,
    levels: tenantsThresholds.refusedIdRate,
    promql: (scope) => orNone(refusedIdRate(scope, ['service_name'])),
  },
];
