import { uids } from '../../dashboards/uids.ts';
import { catalogMetric } from '../../metrics/catalog-metric.ts';
import { loginSuccessRatio, logins } from '../../queries/business-queries.ts';
import { ruleScope } from '../../query/query-scope.ts';
import { SERVICE } from '../../query/service-labels.ts';
import { businessThresholds } from '../../thresholds/business-thresholds.ts';
import type { AlertSource } from '../alert.ts';
import { replica, series, shop } from '../test-series.ts';

const { loginSuccessRatio: limits, comparableLogins } = businessThresholds;

export const loginFailuresHigh: AlertSource = (spec) => {
  const metric = catalogMetric(spec, 'auth.logins');
  if (metric === undefined) return undefined;
  const scope = ruleScope(spec.time('15m'), spec.histograms);
  const attempts = (succeeded: string, wrong: string) => {
    const labels = { ...replica('shop-1'), tenant_id: 'acme', method: 'password' };
    return {
      [series(metric, { ...labels, outcome: 'succeeded' })]: succeeded,
      [series(metric, { ...labels, outcome: 'wrong_credentials' })]: wrong,
    };
  };
  return {
    name: 'LoginFailuresHigh',
    severity: 'warning',
    team: 'service',
    expr: `${loginSuccessRatio(spec, scope, SERVICE)} < ${limits.warning} and ${logins(spec, scope, { by: SERVICE })} >= ${comparableLogins}`,
    for: spec.time('10m'),
    summary:
      'Only {{ $value | humanizePercentage }} of the attempts to log in to {{ $labels.service_name }} work',
    description:
      'Most attempts to log in fail. Either people are locked out by a fault of ours, or somebody tries stolen passwords.',
    dashboard: { uid: uids.business, variables: { 'var-job': 'job' } },
    runbook: {
      symptom: `Less than ${limits.warning * 100} % of the attempts to log in of the last 15 minutes worked, of at least ${comparableLogins}.`,
      meaning:
        'With as many successes as ever and many more failures: an attack on accounts. With fewer successes: customers cannot get in.',
      look: [
        '```promql',
        'sum by (outcome, method) (increase(auth_logins_total[15m]))',
        'sum by (tenant_id) (increase(auth_logins_total{outcome="wrong_credentials"}[15m]))',
        'sum by (reason) (increase(auth_tokens_rejected_total[15m]))',
        '```',
        '',
        'Compare the successes with an hour ago. Outcome `failed` is an error of ours or of the identity provider; `wrong_credentials` in one tenant is an attack on it.',
      ].join('\n'),
      mend: [
        '1. Successes fell at a deploy or at a change of keys: roll back.',
        '2. `failed` for `sso` or `oauth`: the identity provider; see its status page.',
        '3. An attack: limit attempts by address and account at the edge, lock accounts that are tried, tell the tenant. No passwords or user names into tickets.',
      ].join('\n'),
    },
    tests: [
      {
        name: 'somebody tries passwords, 40 a minute beside 10 real people',
        series: attempts('0+10x60', '0+40x60'),
        at: '40m',
        fires: [shop],
      },
      {
        name: 'one person mistypes it once a minute, and nobody else is there',
        series: attempts('0x60', '0+1x60'),
        at: '40m',
        fires: [],
      },
      {
        name: 'one in ten mistypes the password',
        series: attempts('0+27x60', '0+3x60'),
        at: '40m',
        fires: [],
      },
      {
        name: 'nobody has mistyped yet: the series of failures is not there',
        series: attempts('0+27x60', '_x60'),
        at: '40m',
        fires: [],
      },
    ],
  };
};
