import { uids } from '../../dashboards/uids.ts';
import { errorRate, errorRatio, requestRate } from '../../queries/http-queries.ts';
import { ruleScope } from '../../query/query-scope.ts';
import { SERVICE, TENANT } from '../../query/service-labels.ts';
import { serviceThresholds } from '../../thresholds/service-thresholds.ts';
import type { AlertSource } from '../alert.ts';
import { blocks, percent, promql, steps } from '../prose.ts';
import { answers } from '../test-histograms.ts';
import { shop } from '../test-series.ts';
import { ofTenants } from './of-tenants.ts';

const { tenantErrorRatio: limit, tenantMinimumRate } = serviceThresholds;
const BY = [...SERVICE, TENANT];

export const tenantErrorRatioHigh: AlertSource = (spec) => {
  const scope = ofTenants(ruleScope(spec.time('10m'), spec.histograms));
  const one = { ...ruleScope('10m', spec.histograms), tenant: 'tenant_id="<tenant>"' };
  return {
    name: 'TenantErrorRatioHigh',
    severity: 'warning',
    team: 'service',
    expr: `${errorRatio(scope, BY)} > ${limit.warning} and ${requestRate(scope, BY)} > ${tenantMinimumRate}`,
    for: spec.time('15m'),
    keepFiringFor: spec.time('10m'),
    summary:
      '{{ $labels.service_name }} fails {{ $value | humanizePercentage }} of the requests of {{ $labels.tenant_id }}',
    description:
      'One customer gets errors, which the share of the whole service may hide. For them it is an outage, and they will call.',
    dashboard: {
      uid: uids.tenant,
      variables: { 'var-job': 'job', 'var-tenant': 'tenant_id' },
    },
    runbook: {
      symptom: `Over ten minutes, more than ${percent(limit.warning)} of one tenant's requests were answered with 5xx. Below ${tenantMinimumRate * 600} requests in ten minutes the alert does not look.`,
      meaning:
        'The people of this tenant see errors while others may work as ever. `__other__` stands for all tenants beyond the tenant budget together.',
      look: blocks(
        'Which of their routes fail, and do others fail as well?',
        promql(
          errorRate(one, ['http_request_method', 'http_route', 'http_response_status_code']),
          errorRatio(ruleScope('10m', spec.histograms), [TENANT]),
        ),
        'All tenants fail: follow [ServiceErrorRatioHigh](ServiceErrorRatioHigh.md). Only this one: what is theirs alone? Their data (a value that the code does not expect), their settings, a plug-in or an integration of theirs, a migration that left them out. Search the logs for their `tenant.id` and status 500.',
      ),
      mend: steps(
        'Their settings or an integration changed just before: take the change back with them.',
        'A record of theirs breaks the code: mend the record, then the code.',
        'They call more than agreed and run into a limit that answers 5xx: make it 429, and talk to them.',
        'Tell them what you know. They see it already.',
      ),
    },
    tests: [
      {
        name: 'one tenant fails, the other and the sum look fine',
        series: {
          ...answers({ 200: '0+5x40', 500: '0+1x40' }, { tenant_id: 'globex' }),
          ...answers({ 200: '0+600x40' }, { tenant_id: 'acme' }),
        },
        at: '30m',
        fires: [{ ...shop, tenant_id: 'globex' }],
      },
      {
        name: 'a tenant with 20 requests in ten minutes, half of them failed, is too small to judge',
        series: answers({ 200: '0+1x40', 500: '0+1x40' }, { tenant_id: 'initech' }),
        at: '30m',
        fires: [],
      },
      {
        name: 'requests without a tenant, as of health checks, are nobody',
        series: answers({ 503: '0+12x40' }, { tenant_id: '' }),
        at: '30m',
        fires: [],
      },
      {
        name: '1 of 50 requests fails',
        series: answers({ 200: '0+49x40', 500: '0+1x40' }),
        at: '30m',
        fires: [],
      },
      {
        name: 'a burst of a minute',
        series: answers({ 200: '0+60x40', 500: '0x10 60x30' }),
        at: '18m',
        fires: [],
      },
    ],
  };
};
