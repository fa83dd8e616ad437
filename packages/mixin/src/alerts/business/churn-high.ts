import { uids } from '../../dashboards/uids.ts';
import { catalogMetric } from '../../metrics/catalog-metric.ts';
import { churnRatio, subscriptionChanges } from '../../queries/subscription-queries.ts';
import { ruleScope } from '../../query/query-scope.ts';
import { SERVICE } from '../../query/service-labels.ts';
import { businessThresholds } from '../../thresholds/business-thresholds.ts';
import type { AlertSource } from '../alert.ts';
import { replica, series, shop } from '../test-series.ts';

const { churnRatio: limits, comparableCancellations } = businessThresholds;

export const churnHigh: AlertSource = (spec) => {
  const mrr = catalogMetric(spec, 'saas.mrr');
  const churned = catalogMetric(spec, 'saas.churned_mrr');
  const changes = catalogMetric(spec, 'saas.subscription.changes');
  const scope = ruleScope(spec.time('1d'), spec.histograms);
  const cancelled = subscriptionChanges(spec, scope, {
    by: SERVICE,
    matchers: ['change="cancelled"'],
  });
  if (mrr === undefined || churned === undefined || changes === undefined) return undefined;
  const labels = { ...replica('shop-1'), tenant_id: 'acme' };
  const of = (lost: string, cancellations: string) => ({
    [series(mrr, { ...labels, currency: 'EUR' })]: '5000000x360',
    [series(mrr, { ...labels, ...replica('shop-2'), currency: 'EUR' })]: '5000000x360',
    [series(churned, { ...labels, currency: 'EUR' })]: lost,
    [series(changes, { ...labels, change: 'cancelled', plan: 'pro' })]: cancellations,
  });
  return {
    name: 'ChurnHigh',
    severity: 'warning',
    team: 'business',
    expr: `${churnRatio(spec, scope, { by: SERVICE })} > ${limits.warning} and on (${SERVICE.join(', ')}) ${cancelled} >= ${comparableCancellations}`,
    for: spec.time('1h'),
    summary:
      '{{ $labels.service_name }} lost {{ $value | humanizePercentage }} of its {{ $labels.currency }} recurring revenue within a day',
    description:
      'Cancellations of one day cost more of the monthly recurring revenue than a month usually does. Several customers left at once, or one big one did.',
    dashboard: { uid: uids.business, variables: { 'var-job': 'job' } },
    runbook: {
      symptom: `Within a day, more than ${limits.warning * 100} % of the monthly recurring revenue in a currency was cancelled, by at least ${comparableCancellations} cancellations.`,
      meaning:
        'Customers leave. Nothing is down, nobody has to get up; somebody should talk to them today.',
      look: [
        '```promql',
        'topk(10, sum by (tenant_id, currency) (increase(saas_churned_mrr_total[1d])))',
        'sum by (plan) (increase(saas_subscription_changes_total{change="cancelled"}[1d]))',
        '```',
        '',
        'Then the tenant dashboard of those who left: errors and latency in the days before, and the health score.',
      ].join('\n'),
      mend: [
        '1. One tenant: the account manager calls.',
        '2. One plan, since a change of prices or limits: the product owner decides whether it stays.',
        '3. Tenants with a bad health score: the faults that they saw come first in the next sprint.',
        '4. Cancellations by a script or a test: correct the numbers, and keep the script away from production.',
      ].join('\n'),
    },
    tests: [
      {
        name: '4,000 of 50,000 euros cancelled by eight customers; both replicas report the same MRR',
        interval: '5m',
        series: of('0x290 0+50000x8 400000x60', '0x290 0+1x8 8x60'),
        at: '28h',
        fires: [{ ...shop, currency: 'EUR' }],
      },
      {
        name: 'two percent in a day are a bad day, no more',
        interval: '5m',
        series: of('0x290 0+12500x8 100000x60', '0x290 0+1x8 8x60'),
        at: '28h',
        fires: [],
      },
      {
        name: 'one big customer who leaves is known by name: no alert',
        interval: '5m',
        series: of('0x290 400000x60', '0x290 1x60'),
        at: '28h',
        fires: [],
      },
    ],
  };
};
