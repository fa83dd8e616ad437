import { uids } from '../../dashboards/uids.ts';
import { catalogMetric } from '../../metrics/catalog-metric.ts';
import { declineRatio, payments } from '../../queries/business-queries.ts';
import { ruleScope } from '../../query/query-scope.ts';
import { SERVICE, TENANT } from '../../query/service-labels.ts';
import { businessThresholds } from '../../thresholds/business-thresholds.ts';
import type { AlertSource } from '../alert.ts';
import { paymentSeries } from '../business/payment-tests.ts';
import { ofTenants } from '../service/of-tenants.ts';
import { shop } from '../test-series.ts';

const { declineRatio: limits, comparablePayments } = businessThresholds;

export const tenantPaymentsDeclined: AlertSource = (spec) => {
  const metric = catalogMetric(spec, 'commerce.payments');
  if (metric === undefined) return undefined;
  const scope = ofTenants(ruleScope(spec.time('15m'), spec.histograms));
  const by = [...SERVICE, TENANT];
  return {
    name: 'TenantPaymentsDeclined',
    severity: 'warning',
    team: 'business',
    expr: `${declineRatio(spec, scope, by)} > ${limits.critical} and ${payments(spec, scope, { by })} >= ${comparablePayments}`,
    for: spec.time('10m'),
    summary:
      'Tenant {{ $labels.tenant_id }} has {{ $value | humanizePercentage }} of its payments declined',
    description:
      'Nearly all attempts to pay of one tenant are declined while the fleet as a whole may be well. Usually its own account at the payment provider is limited or its keys are wrong.',
    dashboard: { uid: uids.tenant, variables: { 'var-job': 'job', 'var-tenant': 'tenant_id' } },
    runbook: {
      symptom: `More than ${limits.critical * 100} % of one tenant's attempts to pay in the last 15 minutes were declined, of at least ${comparablePayments}.`,
      meaning: 'Shoppers of this one customer cannot buy. Others are not touched.',
      look: [
        '```promql',
        'sum by (outcome, method, currency) (increase(commerce_payments_total{tenant_id="<tenant>"}[15m]))',
        'sum by (tenant_id) (increase(commerce_payments_total{outcome="declined"}[15m])) / sum by (tenant_id) (increase(commerce_payments_total[15m]))',
        '```',
        '',
        'If several tenants look the same, it is no matter of one tenant: see [PaymentDeclineRatioHigh](PaymentDeclineRatioHigh.md).',
      ].join('\n'),
      mend: [
        '1. Its settings or keys were changed lately: put the old ones back, with the tenant.',
        '2. The provider limits its account: the tenant must call the provider.',
        '3. Somebody tests stolen cards in its shop: limit attempts there.',
      ].join('\n'),
    },
    tests: [
      {
        name: 'initech alone: nine of ten declined, others are well',
        series: {
          ...paymentSeries(metric, { succeeded: '0+30x60', declined: '0+3x60' }, 'acme'),
          ...paymentSeries(metric, { succeeded: '0+1x60', declined: '0+9x60' }, 'initech'),
        },
        at: '40m',
        fires: [{ ...shop, tenant_id: 'initech' }],
      },
      {
        name: 'a small tenant with five declined payments in a quarter of an hour is not judged',
        series: paymentSeries(
          metric,
          { succeeded: '0x60', declined: '0x30 1 2 3 4 5 5x60' },
          'initech',
        ),
        at: '44m',
        fires: [],
      },
      {
        name: 'a shop without tenants has PaymentsFailing',
        series: paymentSeries(metric, { succeeded: '0+1x60', declined: '0+9x60' }, ''),
        at: '40m',
        fires: [],
      },
    ],
  };
};
