import { uids } from '../../dashboards/uids.ts';
import { distance, lastHour, shareOfUsual, usual } from '../../queries/baseline-queries.ts';
import { requestsByStatus } from '../../queries/http-queries.ts';
import { ruleScope } from '../../query/query-scope.ts';
import { serviceRequests, tenantRequests } from '../../rules/baselines.ts';
import { baselineThresholds } from '../../thresholds/baseline-thresholds.ts';
import type { AlertSource } from '../alert.ts';
import { blocks, promql, steps } from '../prose.ts';
import { shop } from '../test-series.ts';
import { answered, weeks } from '../test-weeks.ts';

const { comparableRequests, distance: beyond } = baselineThresholds;

/** Context for those who look at something else: more visitors are no fault. */
export const trafficUnusuallyHigh: AlertSource = (spec) => {
  const look = ruleScope('5m', spec.histograms);
  return {
    name: 'TrafficUnusuallyHigh',
    severity: 'info',
    team: 'service',
    expr: `${shareOfUsual(serviceRequests, comparableRequests)} and ${distance(serviceRequests)} > ${beyond.warning}`,
    for: spec.time('15m'),
    summary:
      '{{ $labels.service_name }} answered {{ $value | humanizePercentage }} of the requests that are usual at this hour',
    description:
      'Far more requests arrive than in the same hour of the weeks before: a campaign, a client that retries in a loop, somebody who copies the catalog, or an attack.',
    dashboard: { uid: uids.baselines, variables: { 'var-job': 'job' } },
    runbook: {
      symptom: `Requests of the last hour are above the band of this hour: more than ${beyond.warning} spreads over the median of the last four weeks, which was at least ${comparableRequests}.`,
      meaning:
        'Nothing, as long as errors and times are as ever. It is told so that whoever looks into slow answers knows.',
      look: blocks(
        'Who is it? One tenant, one route, one status code:',
        promql(
          `topk(5, ${lastHour(tenantRequests)})`,
          usual(tenantRequests),
          requestsByStatus(look, ['http_route']),
        ),
        'Many of `401` and `404` are somebody who tries; many of `429` a limit that works.',
      ),
      mend: steps(
        'A campaign: look at the event loop and the pool, and start another replica in time.',
        'A client that retries: give it a limit, and tell whoever it belongs to.',
        'An attack: block it at the edge, not in the service.',
      ),
    },
    tests: [
      {
        name: 'three times as many as ever',
        ...weeks(answered([1_200, 1_200, 1_200, 1_200, 3_600])),
        fires: [shop],
      },
      {
        name: 'a fifth more',
        ...weeks(answered([1_200, 1_200, 1_200, 1_200, 1_440])),
        fires: [],
      },
      {
        name: 'as many as ever, and last week the service was down',
        ...weeks(answered([1_200, 1_200, 1_200, 0, 1_200])),
        fires: [],
      },
    ],
  };
};
