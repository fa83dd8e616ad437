import { uids } from '../../dashboards/uids.ts';
import { catalogMetric } from '../../metrics/catalog-metric.ts';
import { payments, unpaidRatio } from '../../queries/business-queries.ts';
import { ruleScope } from '../../query/query-scope.ts';
import { SERVICE } from '../../query/service-labels.ts';
import { businessThresholds } from '../../thresholds/business-thresholds.ts';
import type { AlertSource } from '../alert.ts';
import { shop } from '../test-series.ts';
import { paymentSeries } from './payment-tests.ts';

const { declineRatio: limits, comparablePayments } = businessThresholds;

export const paymentsFailing: AlertSource = (spec) => {
  const metric = catalogMetric(spec, 'commerce.payments');
  if (metric === undefined) return undefined;
  const scope = ruleScope(spec.time('15m'), spec.histograms);
  return {
    name: 'PaymentsFailing',
    severity: 'critical',
    team: 'business',
    expr: `${unpaidRatio(spec, scope, SERVICE)} > ${limits.critical} and ${payments(spec, scope, { by: SERVICE })} >= ${comparablePayments}`,
    for: spec.time('5m'),
    summary:
      '{{ $labels.service_name }} sells almost nothing: {{ $value | humanizePercentage }} of attempts to pay do not succeed',
    description:
      'Most attempts to pay are declined or fail, which no mix of cards explains: the payment provider, our account there or what we send is broken. Nearly every sale is lost.',
    dashboard: { uid: uids.ecommerce, variables: { 'var-job': 'job' } },
    runbook: {
      symptom: `More than ${limits.critical * 100} % of the attempts to pay in the last 15 minutes were declined, or failed at the provider, of at least ${comparablePayments}.`,
      meaning:
        'Nobody can buy. Shoppers see "payment declined" or an error whatever card they use.',
      look: [
        '```promql',
        'sum by (method, currency, outcome) (increase(commerce_payments_total[15m]))',
        'sum by (service_version, outcome) (increase(commerce_payments_total{outcome!="succeeded"}[15m]))',
        '```',
        '',
        "`failed`: the provider does not answer, or with an error. `declined`: it answers no. All methods at once: our account, our keys, or the provider as a whole; see the provider's status page. One version only: the deploy. The start as a step: a switch; as a slope: an attack with stolen cards.",
      ].join('\n'),
      mend: [
        '1. It began with a deploy or a rotation of keys: roll back.',
        '2. The provider has an incident: switch to the second provider if there is one, else put a notice on the checkout and keep the carts.',
        '3. The account is blocked: call the provider, not the mail form.',
        '4. A drill or a test switch was left on, as `declinedPaymentsRatio` of the example shop: switch it off.',
      ].join('\n'),
    },
    tests: [
      {
        name: 'the provider declines nine of ten',
        series: paymentSeries(metric, { succeeded: '0+1x60', declined: '0+9x60' }),
        at: '30m',
        fires: [shop],
      },
      {
        name: 'the provider is away: nothing is declined, everything fails',
        series: paymentSeries(metric, { succeeded: '0+10x60 600x60', failed: '0x60 0+10x60' }),
        at: '1h30m',
        fires: [shop],
      },
      {
        name: 'all of 15 in a quarter of an hour are too few to wake anybody',
        series: paymentSeries(metric, { succeeded: '0x60', declined: '0+1x60' }),
        at: '30m',
        fires: [],
      },
      {
        name: 'half are declined: a ticket, no page',
        series: paymentSeries(metric, { succeeded: '0+10x60', declined: '0+10x60' }),
        at: '30m',
        fires: [],
      },
      {
        name: 'declined since five minutes, after a minute of it in the ratio',
        series: paymentSeries(metric, { succeeded: '0+2x30 60x30', declined: '0x30 0+20x30' }),
        at: '34m',
        fires: [],
      },
      {
        name: 'over again: a bad quarter of an hour has passed',
        series: paymentSeries(metric, { succeeded: '0x15 0+20x60', declined: '0+20x15 320x60' }),
        at: '50m',
        fires: [],
      },
    ],
  };
};
