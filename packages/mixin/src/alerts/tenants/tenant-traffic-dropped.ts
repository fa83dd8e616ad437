import { uids } from '../../dashboards/uids.ts';
import { distance, lastHour, shareOfUsual, usual } from '../../queries/baseline-queries.ts';
import { tenantRequests } from '../../rules/baselines.ts';
import { baselineThresholds } from '../../thresholds/baseline-thresholds.ts';
import type { AlertSource } from '../alert.ts';
import { blocks, promql, steps } from '../prose.ts';
import { shop } from '../test-series.ts';
import { answered, weeks } from '../test-weeks.ts';

const { comparableTenantRequests, distance: beyond } = baselineThresholds;

export const tenantTrafficDropped: AlertSource = (spec) => ({
  name: 'TenantTrafficDropped',
  severity: 'info',
  team: 'business',
  expr: `${shareOfUsual(tenantRequests, comparableTenantRequests)} and ${distance(tenantRequests)} < -${beyond.warning}`,
  for: spec.time('30m'),
  summary:
    '{{ $labels.tenant_id }} makes {{ $value | humanizePercentage }} of its usual requests to {{ $labels.service_name }}',
  description:
    'One customer uses the product far less than in the same hour of the weeks before, while the service as a whole is well. It cannot get in, something that calls for it stopped, or it is leaving.',
  dashboard: { uid: uids.baselines, variables: { 'var-job': 'job', 'var-tenant': 'tenant_id' } },
  runbook: {
    symptom: `Requests of one tenant in the last hour are below its own band: more than ${beyond.warning} spreads under the median of the last four weeks, which was at least ${comparableTenantRequests}. Smaller tenants have no band.`,
    meaning:
      'This customer notices, and may not tell. It is context and no ticket: customers have holidays of their own.',
    look: blocks(
      'Does it try and fail, or does it not try?',
      promql(
        `${lastHour(tenantRequests)} / ${usual(tenantRequests)}`,
        'sum by (tenant_id, http_response_status_code) (rate(http_server_request_duration_seconds_count[5m]))',
      ),
      'On the dashboard *Tenants*, look at its failed requests and at what it did last.',
    ),
    mend: steps(
      'Its requests fail: follow [TenantErrorRatioHigh](TenantErrorRatioHigh.md).',
      'It gets `401` or `403`: a key that ended, a login that was moved. Tell the customer.',
      'It does not try: an integration on its side stopped. Whoever looks after that customer asks.',
    ),
  },
  tests: [
    {
      name: 'one of two tenants makes a tenth of its requests',
      ...weeks({
        ...answered([300, 300, 300, 300, 30]),
        ...answered([300, 300, 300, 300, 300], { tenant_id: 'globex' }),
      }),
      fires: [{ ...shop, tenant_id: 'acme' }],
    },
    {
      name: 'a tenant of 80 requests an hour is too small to judge',
      ...weeks(answered([40, 40, 40, 40, 1])),
      fires: [],
    },
    {
      name: 'what belongs to no tenant, as health checks, is none',
      ...weeks(answered([300, 300, 300, 300, 0], { tenant_id: '' })),
      fires: [],
    },
  ],
});
