import { uids } from '../../dashboards/uids.ts';
import { catalogMetric } from '../../metrics/catalog-metric.ts';
import { wrongLoginShare, wrongLogins } from '../../queries/auth-queries.ts';
import { logins } from '../../queries/business-queries.ts';
import { ruleScope } from '../../query/query-scope.ts';
import { SERVICE, TENANT } from '../../query/service-labels.ts';
import { authThresholds } from '../../thresholds/auth-thresholds.ts';
import type { AlertSource } from '../alert.ts';
import { blocks, percent, promql, steps } from '../prose.ts';
import { ofTenants } from '../service/of-tenants.ts';
import { replica, series, shop } from '../test-series.ts';

const { wrongCredentials: limit, comparableWrong } = authThresholds;
const BY = [...SERVICE, TENANT];

export const loginBruteForce: AlertSource = (spec) => {
  const metric = catalogMetric(spec, 'auth.logins');
  const scope = ofTenants(ruleScope(spec.time('15m'), spec.histograms));
  const look = ruleScope('15m', spec.histograms);
  const share = wrongLoginShare(spec, scope, BY);
  if (metric === undefined || share === undefined) return undefined;
  const attempts = (tenant: string, succeeded: string, wrong: string) => {
    const labels = { ...replica('shop-1'), tenant_id: tenant, method: 'password' };
    return {
      [series(metric, { ...labels, outcome: 'succeeded' })]: succeeded,
      [series(metric, { ...labels, outcome: 'wrong_credentials' })]: wrong,
    };
  };
  return {
    name: 'LoginBruteForce',
    severity: 'warning',
    team: 'service',
    expr: `${share} > ${limit.warning} and ${wrongLogins(spec, scope, BY)} >= ${comparableWrong}`,
    for: spec.time('5m'),
    keepFiringFor: spec.time('15m'),
    summary:
      'Somebody guesses passwords at {{ $labels.tenant_id }}: {{ $value | humanizePercentage }} of its attempts to log in are wrong',
    description:
      'Nearly all attempts to log in at one tenant have wrong credentials, and there are many. People do not mistype like that: a program tries passwords, or passwords that were stolen elsewhere.',
    dashboard: { uid: uids.tenant, variables: { 'var-job': 'job', 'var-tenant': 'tenant_id' } },
    runbook: {
      symptom: `Over 15 minutes, more than ${percent(limit.warning)} of one tenant's attempts to log in had wrong credentials, at least ${comparableWrong} of them.`,
      meaning:
        'Accounts of this tenant are being tried. One that succeeds is an account in foreign hands; nothing else in the numbers shows it.',
      look: blocks(
        'How many a minute, since when, and did any succeed that should not have?',
        promql(
          logins(
            spec,
            { ...look, tenant: 'tenant_id="<tenant>"', window: '5m' },
            {
              by: ['outcome'],
              of: 'rate',
            },
          ) ?? '',
          wrongLogins(spec, look, [TENANT]) ?? '',
        ),
        'Which accounts and from where is in the log of the service and not in metrics: search it for the failed logins of the tenant. All accounts once each: a stolen list. One account many times: somebody wants that one.',
      ),
      mend: steps(
        'Limit attempts by address and by account at the edge. A limit by account alone lets anybody lock people out.',
        'Lock the accounts that were tried and then logged in to from the same addresses; end their sessions; tell the tenant.',
        'A client of theirs with an old password in a loop looks the same from here: one account, one address. Tell them.',
        'No passwords, addresses or names of users into tickets.',
      ),
    },
    tests: [
      {
        name: 'a hundred a minute at one tenant, which the sum of all others hides',
        series: {
          ...attempts('globex', '0+2x60', '0+100x60'),
          ...attempts('acme', '0+900x60', '0+90x60'),
        },
        at: '40m',
        fires: [{ ...shop, tenant_id: 'globex' }],
      },
      {
        name: 'Monday morning: one in five mistypes the password',
        series: attempts('acme', '0+80x60', '0+20x60'),
        at: '40m',
        fires: [],
      },
      {
        name: 'somebody has forgotten it, and tries three times a minute at night',
        series: attempts('acme', '0x60', '0+3x60'),
        at: '40m',
        fires: [],
      },
      {
        name: 'the identity provider is away: failed, not wrong',
        series: {
          ...attempts('acme', '0x60', '0x60'),
          [series(metric, {
            ...replica('shop-1'),
            tenant_id: 'acme',
            method: 'sso',
            outcome: 'failed',
          })]: '0+100x60',
        },
        at: '40m',
        fires: [],
      },
    ],
  };
};
