import { uids } from '../../dashboards/uids.ts';
import type { ResolvedSpec } from '../../monitoring-spec.ts';
import { errorRate, errorRatio, requestRate } from '../../queries/http-queries.ts';
import { failingRoutes } from '../../queries/route-queries.ts';
import { ruleScope } from '../../query/query-scope.ts';
import { SERVICE } from '../../query/service-labels.ts';
import { serviceThresholds } from '../../thresholds/service-thresholds.ts';
import type { Alert, AlertSource } from '../alert.ts';
import { blocks, percent, promql, shell, steps } from '../prose.ts';
import { answers } from '../test-histograms.ts';
import { shop } from '../test-series.ts';

const { errorRatio: limit, minimumFailureRate, minimumRate } = serviceThresholds;

/** One name in two severities: the critical one inhibits the other. */
export const serviceErrorRatioHigh: AlertSource = (spec) => [
  {
    ...base(spec),
    severity: 'critical',
    expr: `${expression(spec, limit.critical, ['5m', '2m'])} and ${errorRate(ruleScope(spec.time('5m'), spec.histograms), SERVICE)} > ${minimumFailureRate}`,
    for: spec.time('3m'),
    tests: [
      {
        name: '2 of 12 requests fail: the page comes before the ticket',
        series: answers({ 200: '0+10x30', 500: '0x10 2+2x19' }),
        at: '17m',
        fires: [shop],
      },
      {
        name: '3 of 100 requests fail: a ticket, no page',
        series: answers({ 200: '0+97x30', 500: '0+3x30' }),
        at: '20m',
        fires: [],
      },
      {
        name: 'the restart of a healthy process sets its counters back, which is no error',
        series: answers({ 200: '0+60x10 0+60x19', 500: '7x10 0x19' }),
        at: '15m',
        fires: [],
      },
      {
        name: 'everything fails, but that is 3 requests a minute: too little to wake anybody',
        series: answers({ 500: '0+3x30' }),
        at: '20m',
        fires: [],
      },
      {
        name: 'three of 35 requests fail within five minutes: that is not worth a night',
        interval: '15s',
        series: answers({ 200: '0+1.75x160', 500: '0x80 1x5 2x6 3x60' }),
        at: '25m',
        fires: [],
      },
      {
        name: 'half of the requests of one minute fail',
        series: answers({ 200: '0+60x10 630+60x19', 500: '0x10 30x19' }),
        at: '14m',
        fires: [],
      },
      {
        name: 'no requests at all',
        series: answers({ 200: '5000x30', 500: '400x30' }),
        at: '20m',
        fires: [],
      },
    ],
  },
  {
    ...base(spec),
    severity: 'warning',
    expr: expression(spec, limit.warning, ['5m']),
    for: spec.time('10m'),
    tests: [
      {
        name: '1 of 12 requests fails for half an hour',
        series: answers({ 200: '0+11x40', 503: '0+1x40' }),
        at: '30m',
        fires: [shop],
      },
      {
        name: '1 of 200 requests fails',
        series: answers({ 200: '0+199x40', 503: '0+1x40' }),
        at: '30m',
        fires: [],
      },
      {
        name: 'all of 3 requests a minute fail, which is too few to judge',
        series: answers({ 503: '0+3x40' }),
        at: '30m',
        fires: [],
      },
      {
        name: 'clients that ask for what is not there are no errors of the service',
        series: answers({ 200: '0+50x40', 404: '0+50x40' }),
        at: '30m',
        fires: [],
      },
      {
        name: 'a burst of errors that is over after a minute',
        series: answers({ 200: '0+100x40', 500: '0x10 8x29' }),
        at: '18m',
        fires: [],
      },
    ],
  },
];

/** The shorter window is there to notice the end: a burst of a minute stays in the longer one for another four. */
function expression(spec: ResolvedSpec, threshold: number, windows: readonly string[]): string {
  const scope = (window: string) => ruleScope(spec.time(window), spec.histograms);
  return [
    ...windows.map((window) => `${errorRatio(scope(window), SERVICE)} > ${threshold}`),
    `${requestRate(scope('5m'), SERVICE)} > ${minimumRate}`,
  ].join(' and ');
}

function base(spec: ResolvedSpec): Omit<Alert, 'severity' | 'expr' | 'for' | 'tests'> {
  const scope = ruleScope('5m', spec.histograms);
  return {
    name: 'ServiceErrorRatioHigh',
    team: 'service',
    keepFiringFor: spec.time('5m'),
    summary: '{{ $labels.service_name }} fails {{ $value | humanizePercentage }} of its requests',
    description:
      'Requests end with a 5xx status: what people asked for did not happen. People see an error page or lose what they were doing, and clients that retry add load.',
    dashboard: { uid: uids.services, variables: { 'var-job': 'job' } },
    runbook: {
      symptom: `Over five minutes, more than ${percent(limit.warning)} (ticket) or ${percent(limit.critical)} (page) of the requests to a service were answered with 5xx. Below ${minimumRate * 60} requests a minute the alert does not look, and fewer than five failures in five minutes are no page.`,
      meaning:
        'This share of what people try fails in front of them. Errors of 4xx are not counted: they are the mistakes of clients.',
      look: blocks(
        'Is it one route, one tenant, one replica, one version? What differs is where the cause is:',
        promql(
          failingRoutes(10, scope),
          errorRatio(scope, ['tenant_id']),
          errorRatio(scope, ['instance', 'service_version']),
        ),
        'Then the error itself, by its trace or log. Logs carry `trace_id`; on a machine with systemd:',
        shell("journalctl -u <service> --since '-15 min' --priority err"),
        '- Every route: a dependency. Look whether `PostgresDown`, `RedisDown`, `DatabasePoolWaiting` or `EventLoopLagHigh` fire too: they are the cause, this is the effect.\n- One version only: the deploy. The dashboard marks when it came.\n- One tenant only: see [TenantErrorRatioHigh](TenantErrorRatioHigh.md).',
      ),
      mend: steps(
        'A deploy came just before: roll it back, look for the cause afterwards.',
        'A dependency is down: follow its runbook.',
        'One replica only: take it out of the load balancer, keep it for a look, start another.',
        'One route that is not vital: switch the feature off, so that its retries stop.',
      ),
    },
  };
}
