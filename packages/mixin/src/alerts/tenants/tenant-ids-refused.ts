import { uids } from '../../dashboards/uids.ts';
import { bellwether } from '../../metrics/sdk-metrics.ts';
import { refusedIdRate } from '../../queries/tenants-queries.ts';
import { ruleScope } from '../../query/query-scope.ts';
import { SERVICE } from '../../query/service-labels.ts';
import { tenantsThresholds } from '../../thresholds/tenants-thresholds.ts';
import type { AlertSource } from '../alert.ts';
import { replica, series, shop } from '../test-series.ts';

const refused = series(bellwether.refusedTenants, replica('shop-1'));

export const tenantIdsRefused: AlertSource = (spec) => ({
  name: 'TenantIdsRefused',
  severity: 'warning',
  team: 'service',
  expr: `${refusedIdRate(ruleScope(spec.time('15m'), spec.histograms), SERVICE)} > ${tenantsThresholds.refusedIdRate.warning}`,
  for: spec.time('15m'),
  summary:
    '{{ $labels.service_name }} refuses {{ printf "%.2f" $value }} malformed tenant ids a second',
  description:
    'Something names tenants by ids of a shape that is not allowed. What is measured there has no tenant: that customer is missing from every tenant view.',
  dashboard: { uid: uids.pipeline, variables: { 'var-job': 'job' } },
  runbook: {
    symptom: `For half an hour, more than ${tenantsThresholds.refusedIdRate.warning} tenant ids a second were refused for their shape.`,
    meaning:
      'Requests are answered as usual. Their measurements carry no tenant, so totals are right and the views of single tenants are not.',
    look: [
      'The service says each kind of mistake once in its log (`OTEL_LOG_LEVEL=warn`). Which version and replica?',
      '',
      '```promql',
      'sum by (instance, service_version) (rate(bellwether_tenants_refused_total[15m]))',
      '```',
    ].join('\n'),
    mend: [
      '1. Since a deploy: the code hands something else than the id to `setTenant` or `runWithTenant`, as an object, a name with spaces, or an address. Correct it.',
      '2. Ids are rightly of another shape: set `BELLWETHER_TENANT_PATTERN` to it.',
      '3. Another service sends a wrong id as baggage: correct it there.',
    ].join('\n'),
  },
  tests: [
    {
      name: 'a deploy names tenants by their display name, 30 a minute',
      series: { [refused]: '0+30x60' },
      at: '45m',
      fires: [shop],
    },
    {
      name: 'a scanner that tries five odd ids',
      series: { [refused]: '0x10 5x60' },
      at: '45m',
      fires: [],
    },
  ],
});
