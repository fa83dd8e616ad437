import { uids } from '../../dashboards/uids.ts';
import { bellwether } from '../../metrics/sdk-metrics.ts';
import { foldedRate } from '../../queries/tenants-queries.ts';
import { ruleScope } from '../../query/query-scope.ts';
import { SERVICE } from '../../query/service-labels.ts';
import { tenantsThresholds } from '../../thresholds/tenants-thresholds.ts';
import type { AlertSource } from '../alert.ts';
import { replica, series, shop } from '../test-series.ts';

const folded = series(bellwether.folded, replica('shop-1'));

export const tenantBudgetOverflow: AlertSource = (spec) => ({
  name: 'TenantBudgetOverflow',
  severity: 'warning',
  team: 'platform',
  expr: `${foldedRate(ruleScope(spec.time('15m'), spec.histograms), SERVICE)} > ${tenantsThresholds.foldedRate.warning}`,
  for: spec.time('10m'),
  summary:
    '{{ $labels.service_name }} has more tenants than its budget: {{ printf "%.2f" $value }} recordings a second go to __other__',
  description:
    'Tenants beyond the budget share one name, __other__. Totals stay exact, but those tenants have no series of their own: their alerts and dashboards are blind.',
  dashboard: { uid: uids.pipeline, variables: { 'var-job': 'job' } },
  runbook: {
    symptom:
      'Recordings are added up under `tenant_id="__other__"` because all places of the tenant budget are taken.',
    meaning:
      'Customers notice nothing. You can no longer see those tenants one by one, and no alert of theirs can fire.',
    look: [
      '```promql',
      'max by (service_name) (bellwether_tenants_admitted)',
      'sum by (service_name) (rate(bellwether_tenants_folded_total[5m]))',
      'sum by (service_name) (rate(bellwether_tenants_evicted_total[5m]))',
      'sum(increase(http_server_request_duration_seconds_count{tenant_id="__other__"}[1h]))',
      '```',
      '',
      'Did the number of customers grow, or does something invent tenant ids? `count(count by (tenant_id) (http_server_request_duration_seconds_count))` against the number of customers in the database tells.',
    ].join('\n'),
    mend: [
      '1. More customers: raise `BELLWETHER_TENANT_BUDGET` of the service. Each tenant costs its series once more: check `prometheus_tsdb_head_series` and the memory of Prometheus before you double it.',
      '2. Ids that are no customers: the tenant is taken from something that a caller controls. Call `setTenant` only after authentication.',
      '3. Only some matter: name them by an allow-list, and leave the rest folded.',
    ].join('\n'),
  },
  tests: [
    {
      name: 'three recordings a second beyond the budget',
      series: { [folded]: '0+180x40' },
      at: '30m',
      fires: [shop],
    },
    {
      name: 'the tenant beyond the budget does something every eight minutes only',
      series: { [folded]: '0x8 1x7 2x7 3x7 4x7 5x7' },
      at: '40m',
      fires: [shop],
    },
    {
      name: 'a burst of newcomers that found a place since',
      series: { [folded]: '0+180x3 540x40' },
      at: '30m',
      fires: [],
    },
    {
      name: 'never folded: the counter is not there',
      series: { [series(bellwether.admitted, replica('shop-1'))]: '12x40' },
      at: '30m',
      fires: [],
    },
  ],
});
