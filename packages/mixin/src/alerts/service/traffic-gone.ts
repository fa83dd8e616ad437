import { uids } from '../../dashboards/uids.ts';
import { expectedRequestRate } from '../../queries/expected-traffic.ts';
import { requestRate, requestsByStatus } from '../../queries/http-queries.ts';
import { replicas } from '../../queries/runtime-queries.ts';
import { ruleScope } from '../../query/query-scope.ts';
import { SERVICE } from '../../query/service-labels.ts';
import { serviceThresholds } from '../../thresholds/service-thresholds.ts';
import type { AlertSource } from '../alert.ts';
import { blocks, promql, shell, steps } from '../prose.ts';
import { answers } from '../test-histograms.ts';
import { shop } from '../test-series.ts';

const { expectedRate } = serviceThresholds;

export const trafficGone: AlertSource = (spec) => {
  const now = ruleScope(spec.time('5m'), spec.histograms);
  const scope = ruleScope('5m', spec.histograms);
  return {
    name: 'TrafficGone',
    severity: 'critical',
    team: 'service',
    expr: `${expectedRequestRate(spec, SERVICE)} unless ${requestRate(now, SERVICE)} > 0`,
    for: spec.time('2m'),
    summary:
      '{{ $labels.service_name }} gets no requests any more; {{ printf "%.2f" $value }} a second are usual now',
    description:
      'No request arrived for five minutes where there usually are some. Nobody reaches the service: its processes are down, or something in front of it is.',
    dashboard: { uid: uids.services, variables: { 'var-job': 'job' } },
    runbook: {
      symptom: `Not one request for five minutes, although in the last hour, or at this hour both yesterday and last week, there were at least ${expectedRate * 60} a minute. A service that closes every night or every Sunday is known after its first week. Where nothing is known of yesterday and last week it resolves by itself after an hour, mended or not.`,
      meaning: 'The product is probably down for everybody, without a single error in its logs.',
      look: blocks(
        'Are the processes there, and did they get requests until the end?',
        promql(replicas(scope, [...SERVICE, 'instance']), requestsByStatus(scope, SERVICE)),
        'Ask the service as a user would, from outside, and then past the load balancer:',
        shell(
          "curl -sS -o /dev/null -w '%{http_code} %{time_total}\\n' https://<address of the product>/",
          "curl -sS -o /dev/null -w '%{http_code} %{time_total}\\n' http://<replica>:<port>/",
          'dig +short <name of the product>',
        ),
        'Both answer: the service works, and its metrics are lost on the way. Look for alerts about the Collector and about services gone silent.',
      ),
      mend: steps(
        'No process runs: start it; see [ServiceRestarting](ServiceRestarting.md) for why it ended.',
        'It answers past the load balancer only: certificate, DNS, health check of the load balancer, firewall. What changed in the last hour?',
        'It hangs and answers neither: restart one replica, keep another for a look at its stack.',
        'It was switched off on purpose: silence this alert for a day. It forgets the service after that.',
      ),
    },
    tests: [
      {
        name: '12 requests a minute until the load balancer breaks',
        series: answers({ 200: '0+12x120 1440x30' }),
        at: '2h15m',
        fires: [shop],
      },
      {
        name: 'the processes are dead: their series end',
        series: answers({ 200: '0+60x120' }),
        at: '2h15m',
        fires: [shop],
      },
      {
        name: 'two hours later, and the same hour of yesterday and last week was busy',
        interval: '10m',
        series: answers({ 200: '0+120x1002 120240x20' }),
        at: '7d1h',
        fires: [shop],
      },
      {
        name: 'a new process goes on where the old one ended',
        series: {
          ...answers({ 200: '0+60x120' }),
          ...answers({ 200: '_x120 0+60x30' }, { instance: 'shop-2' }),
        },
        at: '2h15m',
        fires: [],
      },
      {
        name: '3 requests a minute, and now none',
        series: answers({ 200: '0+3x120 360x30' }),
        at: '2h15m',
        fires: [],
      },
      {
        name: 'six minutes without a request',
        series: answers({ 200: '0+60x120 7200x4 7260+60x30' }),
        at: '2h5m',
        fires: [],
      },
      {
        name: 'never any requests',
        series: answers({ 200: '0x150' }),
        at: '2h15m',
        fires: [],
      },
      {
        name: 'it closes at noon, as every day',
        interval: '10m',
        series: answers({ 200: mornings(9) }),
        at: '8d12h20m',
        fires: [],
      },
      {
        name: 'it closes at noon every day, and today breaks at ten',
        interval: '10m',
        series: answers({ 200: `${mornings(8)} 345600+600x60 381600x20` }),
        at: '8d10h30m',
        fires: [shop],
      },
      {
        name: 'it closed at midnight a week ago, and now breaks at noon',
        interval: '10m',
        series: answers({ 200: '0+120x144 17280x863 17280+120x72 25920x80' }),
        at: '7d12h30m',
        fires: [shop],
      },
      {
        name: 'Saturday after a busy Friday, as every week',
        interval: '10m',
        series: answers({ 200: '0x863 0+600x143 85800x80' }),
        at: '7d12h',
        fires: [],
      },
    ],
  };
};

/** A request a second in the first half of each day and none in the second, every ten minutes. */
function mornings(days: number): string {
  const day = (n: number) => `${n * 43_200}+600x71 ${(n + 1) * 43_200}x71`;
  return Array.from({ length: days }, (_, n) => day(n)).join(' ');
}
