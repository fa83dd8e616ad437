import { uids } from '../../dashboards/uids.ts';
import { latency, requestRate } from '../../queries/http-queries.ts';
import { prismaLatency } from '../../queries/prisma-queries.ts';
import { ruleScope } from '../../query/query-scope.ts';
import { SERVICE, TENANT } from '../../query/service-labels.ts';
import { serviceThresholds } from '../../thresholds/service-thresholds.ts';
import type { AlertSource } from '../alert.ts';
import { blocks, promql, steps } from '../prose.ts';
import { answersWithin } from '../test-histograms.ts';
import { shop } from '../test-series.ts';
import { ofTenants } from './of-tenants.ts';

const { tenantLatencyP95: limit, tenantMinimumRate } = serviceThresholds;
const BY = [...SERVICE, TENANT];

export const tenantLatencyHigh: AlertSource = (spec) => {
  const scope = ofTenants(ruleScope(spec.time('10m'), spec.histograms));
  const one = { ...ruleScope('10m', spec.histograms), tenant: 'tenant_id="<tenant>"' };
  return {
    name: 'TenantLatencyHigh',
    severity: 'warning',
    team: 'service',
    expr: `${latency(0.95, scope, BY)} > ${limit.warning} and ${requestRate(scope, BY)} > ${tenantMinimumRate}`,
    for: spec.time('15m'),
    keepFiringFor: spec.time('10m'),
    summary:
      '1 of 20 requests of {{ $labels.tenant_id }} to {{ $labels.service_name }} takes longer than {{ $value | humanizeDuration }}',
    description:
      'One customer waits, which the percentile of the whole service may hide. Mostly the one with the most data: what is slow for them today is slow for others next year.',
    dashboard: {
      uid: uids.tenant,
      variables: { 'var-job': 'job', 'var-tenant': 'tenant_id' },
    },
    runbook: {
      symptom: `Over ten minutes, the 95th percentile of one tenant's request time is above ${limit.warning} s. It is the 95th, because 30 requests have no 99th.`,
      meaning: 'The people of this tenant wait on about every second page that they open.',
      look: blocks(
        'Which of their routes are slow, and which queries take the time?',
        promql(
          `topk(10, ${latency(0.95, one, ['http_request_method', 'http_route'])} > 0)`,
          `topk(10, ${prismaLatency(0.95, one)} > 0)`,
        ),
        'Compare with the others. If all are slow, follow [ServiceLatencyHigh](ServiceLatencyHigh.md).',
        promql(latency(0.95, ofTenants(ruleScope('10m', spec.histograms)), [TENANT])),
      ),
      mend: steps(
        'A query goes over all rows of a big tenant: an index that begins with the tenant, or pages.',
        'They run an import or export now: move it into a queue, or to the night, together with them.',
        'The planner chooses badly for their share of a table: `ANALYZE` the table.',
      ),
    },
    tests: [
      {
        name: 'one tenant waits for 2 to 5 seconds, the others do not',
        series: {
          ...answersWithin(
            { '1': '0+6x40', '2.5': '0+8x40', '5': '0+12x40', '+Inf': '0+12x40' },
            { tenant_id: 'globex' },
          ),
          ...answersWithin({ '1': '0+900x40', '5': '0+900x40', '+Inf': '0+900x40' }),
        },
        at: '30m',
        fires: [{ ...shop, tenant_id: 'globex' }],
      },
      {
        name: 'all of a tenant within a second',
        series: answersWithin({ '0.5': '0+11x40', '1': '0+12x40', '+Inf': '0+12x40' }),
        at: '30m',
        fires: [],
      },
      {
        name: 'a slow tenant with 10 requests in ten minutes is too small to judge',
        series: answersWithin({ '1': '0x40', '5': '0+1x40', '+Inf': '0+1x40' }),
        at: '30m',
        fires: [],
      },
      {
        name: 'an import of two minutes',
        series: answersWithin({ '1': '0+60x10 600 600+60x27', '5': '0+60x40', '+Inf': '0+60x40' }),
        at: '18m',
        fires: [],
      },
    ],
  };
};
