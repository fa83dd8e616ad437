import { uids } from '../../dashboards/uids.ts';
import { catalogMetric } from '../../metrics/catalog-metric.ts';
import { passedOn, upstreamFailures, upstreamTime } from '../../queries/gateway-queries.ts';
import { ruleScope } from '../../query/query-scope.ts';
import { SERVICE } from '../../query/service-labels.ts';
import { gatewayThresholds } from '../../thresholds/gateway-thresholds.ts';
import type { AlertSource } from '../alert.ts';
import { blocks, percent, promql, shell, steps } from '../prose.ts';
import { replica, series, shop } from '../test-series.ts';

const { upstreamFailures: limits, minimumRate } = gatewayThresholds;
const BY = [...SERVICE, 'upstream'];

export const upstreamFailing: AlertSource = (spec) => {
  const metric = catalogMetric(spec, 'gateway.upstream.duration');
  const scope = ruleScope(spec.time('5m'), spec.histograms);
  const look = ruleScope('5m', spec.histograms);
  const failures = upstreamFailures(spec, scope, BY);
  if (metric === undefined || failures === undefined) return undefined;
  const passed = (byOutcome: Readonly<Record<string, string>>) =>
    Object.fromEntries(
      Object.entries(byOutcome).map(([outcome, values]) => {
        const labels = { ...replica('shop-1'), tenant_id: 'acme', upstream: 'orders', outcome };
        return [series(metric, labels, '_count'), values];
      }),
    );
  return {
    name: 'UpstreamFailing',
    severity: 'warning',
    team: 'service',
    expr: `${failures} > ${limits.warning} and ${passedOn(spec, scope, { by: BY })} > ${minimumRate}`,
    for: spec.time('5m'),
    keepFiringFor: spec.time('5m'),
    summary:
      '{{ $labels.upstream }} does not answer {{ $value | humanizePercentage }} of what {{ $labels.service_name }} passes on to it',
    description:
      'A service behind the gateway answers with 5xx or not at all. Everything that goes there is an error for customers; what goes elsewhere works.',
    dashboard: { uid: uids.gateway, variables: { 'var-job': 'job' } },
    runbook: {
      symptom: `Over five minutes, more than ${percent(limits.warning)} of the requests passed on to one service were answered with 5xx or not at all.`,
      meaning:
        'Customers see 502 or the error of that service, on the routes that lead to it. ServiceErrorRatioHigh of the gateway wakes somebody when it is much of the traffic; this one says where it comes from.',
      look: blocks(
        'Failed or unreachable, since when, and how long did it take?',
        promql(
          passedOn(spec, look, { by: ['upstream', 'outcome'] }) ?? '',
          upstreamTime(0.95, spec, look, ['upstream', 'outcome']) ?? '',
        ),
        '`failed`: it answers, with 5xx: its own alerts and logs say more. `unreachable`: no answer within the time-out of the gateway, or no connection. Ask it from the host of the gateway:',
        shell('curl -i http://<service>/health'),
      ),
      mend: steps(
        'It was deployed just before: roll it back.',
        '`unreachable` and it does not run: start it; its last log lines say why it ended.',
        '`unreachable` and it runs: its name resolves to an old address, or a firewall stands between. Restart the gateway when only its view is old.',
        'It is slow, and the time-out makes it `unreachable`: follow [ServiceLatencyHigh](ServiceLatencyHigh.md) for it.',
      ),
    },
    tests: [
      {
        name: 'one in ten is answered with 500',
        series: passed({ answered: '0+54x30', failed: '0+6x30' }),
        at: '20m',
        fires: [{ ...shop, upstream: 'orders' }],
      },
      {
        name: 'it is away: nothing is answered any more',
        series: passed({ answered: '0+60x10 600x30', unreachable: '0x10 0+60x30' }),
        at: '25m',
        fires: [{ ...shop, upstream: 'orders' }],
      },
      {
        name: 'one in a hundred',
        series: passed({ answered: '0+594x30', failed: '0+6x30' }),
        at: '20m',
        fires: [],
      },
      {
        name: 'the only request in ten minutes failed',
        series: passed({ answered: '5x30', failed: '0x15 1x15' }),
        at: '18m',
        fires: [],
      },
    ],
  };
};
