import { uids } from '../../dashboards/uids.ts';
import { distance, lastHour, shareOfUsual, usual } from '../../queries/baseline-queries.ts';
import { requestsByStatus } from '../../queries/http-queries.ts';
import { ruleScope } from '../../query/query-scope.ts';
import { serviceRequests } from '../../rules/baselines.ts';
import { baselineThresholds } from '../../thresholds/baseline-thresholds.ts';
import type { AlertSource } from '../alert.ts';
import { blocks, promql, shell, steps } from '../prose.ts';
import { shop } from '../test-series.ts';
import { answered, weeks } from '../test-weeks.ts';

const { comparableRequests, distance: beyond } = baselineThresholds;

/** TrafficGone is about none at all, within minutes; this one about too few of them. */
export const trafficDropped: AlertSource = (spec) => {
  const look = ruleScope('5m', spec.histograms);
  return {
    name: 'TrafficDropped',
    severity: 'warning',
    team: 'service',
    expr: `${shareOfUsual(serviceRequests, comparableRequests)} and ${distance(serviceRequests)} < -${beyond.warning}`,
    for: spec.time('15m'),
    summary:
      '{{ $labels.service_name }} answered {{ $value | humanizePercentage }} of the requests that are usual at this hour',
    description:
      'Far fewer requests arrive than in the same hour of the weeks before. Some of the users do not get here, or left; what does arrive is answered, so nothing else tells.',
    dashboard: { uid: uids.baselines, variables: { 'var-job': 'job' } },
    runbook: {
      symptom: `Requests of the last hour are below the band of this hour: more than ${beyond.warning} spreads under the median of the last four weeks, which was at least ${comparableRequests}.`,
      meaning:
        'A part of the users is cut off, by country, by provider, by version of an app; or a caller stopped calling. It is a ticket and no page, because a holiday looks the same.',
      look: blocks(
        'What is missing: a tenant, a route, a country, or a share of everything?',
        promql(
          lastHour(serviceRequests),
          usual(serviceRequests),
          requestsByStatus(look, ['http_route']),
        ),
        'Ask as a user would, from more than one network:',
        shell(
          "curl -sS -o /dev/null -w '%{http_code} %{time_total}\\n' https://<address of the product>/",
        ),
        '*Tenants* on the same board names those who are far below their own band.',
      ),
      mend: steps(
        'A deploy came shortly before, of this service or of what calls it: roll it back.',
        'One route or caller only: look at the caller; it may have been switched off on purpose.',
        'One country or provider: certificate, DNS, CDN, firewall.',
        'A holiday: silence it until the hour is over, with that reason.',
      ),
    },
    tests: [
      {
        name: '600 requests an hour where 2,400 are usual',
        ...weeks(answered([1_200, 1_200, 1_200, 1_200, 300])),
        fires: [shop],
      },
      {
        name: 'as many as ever, after a week in which they were three times as many',
        ...weeks(answered([1_200, 1_200, 1_200, 3_600, 1_200])),
        fires: [],
      },
      {
        name: 'a fifth less',
        ...weeks(answered([1_200, 1_200, 1_200, 1_200, 960])),
        fires: [],
      },
      {
        name: 'Monday morning is compared with Monday morning: 40 requests an hour, and now 4',
        ...weeks(answered([20, 20, 20, 20, 2])),
        fires: [],
      },
    ],
  };
};
