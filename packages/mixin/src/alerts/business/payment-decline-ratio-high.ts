import { uids } from '../../dashboards/uids.ts';
import { catalogMetric } from '../../metrics/catalog-metric.ts';
import { declineRatio, payments } from '../../queries/business-queries.ts';
import { ruleScope } from '../../query/query-scope.ts';
import { SERVICE } from '../../query/service-labels.ts';
import { businessThresholds } from '../../thresholds/business-thresholds.ts';
import type { AlertSource } from '../alert.ts';
import { shop } from '../test-series.ts';
import { paymentSeries } from './payment-tests.ts';

const { declineRatio: limits, comparablePayments } = businessThresholds;

export const paymentDeclineRatioHigh: AlertSource = (spec) => {
  const metric = catalogMetric(spec, 'commerce.payments');
  if (metric === undefined) return undefined;
  const scope = ruleScope(spec.time('15m'), spec.histograms);
  return {
    name: 'PaymentDeclineRatioHigh',
    severity: 'warning',
    team: 'business',
    expr: `${declineRatio(spec, scope, SERVICE)} > ${limits.warning} and ${payments(spec, scope, { by: SERVICE })} >= ${comparablePayments}`,
    for: spec.time('10m'),
    summary:
      '{{ $labels.service_name }} has {{ $value | humanizePercentage }} of its payments declined',
    description:
      'More payments are declined than is usual for cards. People who wanted to buy leave without an order.',
    dashboard: { uid: uids.ecommerce, variables: { 'var-job': 'job' } },
    runbook: {
      symptom: `More than ${limits.warning * 100} % of the attempts to pay in the last 15 minutes were declined, of at least ${comparablePayments}.`,
      meaning:
        'The shop works, but the payment provider or the issuing banks say no more often than they use to. Some sales are lost.',
      look: [
        'Who is declined, by method, currency and tenant?',
        '',
        '```promql',
        'sum by (method, currency) (increase(commerce_payments_total{outcome="declined"}[15m]))',
        'sum by (tenant_id) (increase(commerce_payments_total{outcome="declined"}[15m]))',
        '```',
        '',
        "Then the provider's status page and its dashboard of decline codes. Many small amounts from new accounts are somebody who tests stolen cards.",
      ].join('\n'),
      mend: [
        '1. One method or currency: switch it off in the checkout, or over to another provider, until the provider has mended it.',
        '2. One tenant: its account at the provider is limited. Tell the tenant.',
        '3. Card testing: limit attempts per address and account, ask for 3-D Secure.',
        '4. It began at a deploy: compare what is sent to the provider with the version before, and roll back.',
      ].join('\n'),
    },
    tests: [
      {
        name: 'half of 20 payments a minute',
        series: paymentSeries(metric, { succeeded: '0+10x60', declined: '0+10x60' }),
        at: '40m',
        fires: [shop],
      },
      {
        name: 'one in five is usual',
        series: paymentSeries(metric, { succeeded: '0+16x60', declined: '0+4x60' }),
        at: '40m',
        fires: [],
      },
      {
        name: 'all of 15 in a quarter of an hour are too few to judge',
        series: paymentSeries(metric, { succeeded: '0x60', declined: '0+1x60' }),
        at: '40m',
        fires: [],
      },
    ],
  };
};
