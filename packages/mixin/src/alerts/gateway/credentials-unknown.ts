import { uids } from '../../dashboards/uids.ts';
import { catalogMetric } from '../../metrics/catalog-metric.ts';
import {
  credentialsChecked,
  credentialsUnknown as unknownCredentials,
  unknownShare,
} from '../../queries/auth-queries.ts';
import { ruleScope } from '../../query/query-scope.ts';
import { SERVICE } from '../../query/service-labels.ts';
import { authThresholds } from '../../thresholds/auth-thresholds.ts';
import type { AlertSource } from '../alert.ts';
import { blocks, percent, promql, steps } from '../prose.ts';
import { replica, series, shop } from '../test-series.ts';

const { unknownCredentials: limit, comparableUnknown } = authThresholds;

export const credentialsUnknown: AlertSource = (spec) => {
  const metric = catalogMetric(spec, 'auth.credentials.checked');
  const scope = ruleScope(spec.time('15m'), spec.histograms);
  const look = ruleScope('15m', spec.histograms);
  const share = unknownShare(spec, scope, SERVICE);
  if (metric === undefined || share === undefined) return undefined;
  const checked = (known: string, unknown: string) => {
    const labels = { ...replica('shop-1'), kind: 'token' };
    return {
      [series(metric, { ...labels, tenant_id: 'acme', outcome: 'known' })]: known,
      [series(metric, { ...labels, outcome: 'unknown' })]: unknown,
    };
  };
  return {
    name: 'CredentialsUnknown',
    severity: 'warning',
    team: 'service',
    expr: `${share} > ${limit.warning} and ${unknownCredentials(spec, scope, SERVICE)} >= ${comparableUnknown}`,
    for: spec.time('5m'),
    summary:
      '{{ $value | humanizePercentage }} of the keys and tokens shown to {{ $labels.service_name }} are known to nobody',
    description:
      'Most keys and tokens that come in stand for nothing. Either somebody tries them, or the store of tokens was lost and every customer is logged out.',
    dashboard: { uid: uids.gateway, variables: { 'var-job': 'job' } },
    runbook: {
      symptom: `Over 15 minutes, more than ${percent(limit.warning)} of the keys and tokens shown were unknown, at least ${comparableUnknown} of them. Requests without any are left out.`,
      meaning:
        'With as many known ones as ever: somebody guesses, and finds nothing. With fewer known ones: customers are told to log in again, and cannot stay logged in.',
      look: blocks(
        'Did the known ones fall, and is it keys or tokens?',
        promql(
          credentialsChecked(
            spec,
            { ...look, window: '5m' },
            {
              by: ['kind', 'outcome'],
              of: 'rate',
            },
          ) ?? '',
        ),
        'Tokens are kept in Redis: was it restarted without its data, or does it evict? See [RedisEvictions](RedisEvictions.md).',
      ),
      mend: steps(
        'Known ones as ever: find the addresses in the log of the gateway, and block them at the edge.',
        'Tokens are gone from the store: bring its data back, or let people log in again, and give Redis `maxmemory-policy noeviction`.',
        'It began with a deploy of a client that sends an old key: roll that client back.',
      ),
    },
    tests: [
      {
        name: 'somebody tries tokens, 60 a minute beside 10 real ones',
        series: checked('0+10x60', '0+60x60'),
        at: '40m',
        fires: [shop],
      },
      {
        name: 'the store was emptied: everybody is unknown',
        series: checked('0+60x20 1200x40', '0x20 0+60x40'),
        at: '45m',
        fires: [shop],
      },
      {
        name: 'one in ten has run out',
        series: checked('0+90x60', '0+10x60'),
        at: '40m',
        fires: [],
      },
      {
        name: 'one forgotten client that asks once a minute, at night',
        series: checked('0x60', '0+1x60'),
        at: '40m',
        fires: [],
      },
    ],
  };
};
