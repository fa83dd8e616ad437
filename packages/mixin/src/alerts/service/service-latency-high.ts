import { uids } from '../../dashboards/uids.ts';
import { http } from '../../metrics/sdk-metrics.ts';
import type { ResolvedSpec } from '../../monitoring-spec.ts';
import { dbLatency, poolPending, SYSTEM } from '../../queries/database-queries.ts';
import { callLatency } from '../../queries/http-client-queries.ts';
import { latency, requestRate } from '../../queries/http-queries.ts';
import { costliestRoutes, slowestRoutes } from '../../queries/route-queries.ts';
import { eventLoopDelay } from '../../queries/runtime-queries.ts';
import { rateWithin, without } from '../../query/good-events.ts';
import { ruleScope } from '../../query/query-scope.ts';
import { SERVICE } from '../../query/service-labels.ts';
import { serviceThresholds } from '../../thresholds/service-thresholds.ts';
import type { Alert, AlertSource } from '../alert.ts';
import { blocks, promql, steps } from '../prose.ts';
import { answersWithin } from '../test-histograms.ts';
import { shop } from '../test-series.ts';

const { latencyP99: limit, minimumFailureRate, minimumRate } = serviceThresholds;

/** One name in two severities: the critical one inhibits the other. */
export const serviceLatencyHigh: AlertSource = (spec) => [
  {
    ...base(spec),
    severity: 'critical',
    expr: `${expression(spec, limit.critical, ['5m', '2m'])} and ${late(spec)} > ${minimumFailureRate}`,
    for: spec.time('3m'),
    tests: [
      {
        name: '1 of 12 requests takes 5 to 7.5 seconds',
        series: answersWithin({
          '1': '0+11x30',
          '5': '0+11x30',
          '7.5': '0+12x30',
          '+Inf': '0+12x30',
        }),
        at: '8m',
        fires: [shop],
      },
      {
        name: '1 of 20 requests takes 1 to 2.5 seconds: a ticket, no page',
        series: answersWithin({
          '1': '0+57x30',
          '2.5': '0+60x30',
          '7.5': '0+60x30',
          '+Inf': '0+60x30',
        }),
        at: '8m',
        fires: [],
      },
      {
        name: 'three of 35 requests were slow within five minutes',
        interval: '15s',
        series: answersWithin({
          '1': '0+1.75x80 140+1.75x160',
          '2.5': '0+1.75x80 140+1.75x160',
          '7.5': '0+1.75x80 141+1.75x5 152.5+1.75x6 165.75+1.75x60',
          '+Inf': '0+1.75x80 141+1.75x5 152.5+1.75x6 165.75+1.75x60',
        }),
        at: '25m',
        fires: [],
      },
      {
        name: 'half of the requests of one minute were slow, while a replica started',
        series: answersWithin({
          '0.5': '0+60x10 630+60x19',
          '7.5': '0+60x29',
          '+Inf': '0+60x29',
        }),
        at: '14m',
        fires: [],
      },
      {
        name: '3 requests a minute, all slow, are too few to judge',
        series: answersWithin({ '1': '0x30', '10': '0+3x30', '+Inf': '0+3x30' }),
        at: '16m',
        fires: [],
      },
      {
        name: 'no requests: the quantile of nothing is NaN',
        series: answersWithin({ '1': '100x30', '10': '200x30', '+Inf': '200x30' }),
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
        name: '1 of 12 requests takes 1 to 2.5 seconds',
        series: answersWithin({ '1': '0+11x30', '2.5': '0+12x30', '+Inf': '0+12x30' }),
        at: '20m',
        fires: [shop],
      },
      {
        name: 'half of the requests of one minute were slow',
        series: answersWithin({ '0.5': '0+60x10 630+60x19', '2.5': '0+60x29', '+Inf': '0+60x29' }),
        at: '14m',
        fires: [],
      },
      {
        name: '3 requests a minute, all slow, are too few to judge',
        series: answersWithin({ '1': '0x30', '2.5': '0+3x30', '+Inf': '0+3x30' }),
        at: '20m',
        fires: [],
      },
      {
        name: 'all within a second',
        series: answersWithin({ '0.5': '0+57x30', '1': '0+60x30', '+Inf': '0+60x30' }),
        at: '20m',
        fires: [],
      },
    ],
  },
];

/** The shorter window is there to notice the end: a burst of a minute stays in the longer one for another four. */
function expression(spec: ResolvedSpec, threshold: number, windows: readonly string[]): string {
  const scope = (window: string) => ruleScope(spec.time(window), spec.histograms);
  return [
    ...windows.map((window) => `${latency(0.99, scope(window), SERVICE)} > ${threshold}`),
    `${requestRate(scope('5m'), SERVICE)} > ${minimumRate}`,
  ].join(' and ');
}

/** Requests a second that took longer than what is paged. */
function late(spec: ResolvedSpec): string {
  const scope = ruleScope(spec.time('5m'), spec.histograms);
  const quick = rateWithin(http.serverDuration, limit.critical, scope, SERVICE);
  return without(requestRate(scope, SERVICE), quick);
}

function base(spec: ResolvedSpec): Omit<Alert, 'severity' | 'expr' | 'for' | 'tests'> {
  const scope = ruleScope('5m', spec.histograms);
  return {
    name: 'ServiceLatencyHigh',
    team: 'service',
    keepFiringFor: spec.time('5m'),
    summary:
      '1 of 100 requests to {{ $labels.service_name }} takes longer than {{ $value | humanizeDuration }}',
    description:
      'The 99th percentile of request time is far above what people take for normal. They wait, give up and try again, which makes it slower; time-outs in front of the service come next.',
    dashboard: { uid: uids.http, variables: { 'var-job': 'job' } },
    runbook: {
      symptom: `Over five minutes, the 99th percentile of request time is above ${limit.warning} s (ticket, after 10 minutes) or ${limit.critical} s (page, after 3 minutes). Below ${minimumRate * 60} requests a minute the alert does not look, and fewer than five slow ones in five minutes are no page.`,
      meaning:
        'A page of a shop asks for many things at once: with 1 slow request in 100, about every tenth page is slow. Nothing is lost yet.',
      look: blocks(
        'Which routes are slow, and on which does the service spend its time?',
        promql(slowestRoutes(10, 0.99, scope), costliestRoutes(10, scope)),
        'Then what they wait for: the database, a pool, another service, or the event loop itself.',
        promql(
          dbLatency(0.99, scope, [SYSTEM]),
          poolPending(scope, ['instance']),
          callLatency(0.99, scope, ['server_address']),
          eventLoopDelay('p99', scope, ['instance']),
        ),
        'A point of the heatmap carries exemplars: open one, its trace shows the slow part.',
      ),
      mend: steps(
        'The database is slow or its pool waits: follow [DatabaseSlow](DatabaseSlow.md) or [DatabasePoolWaiting](DatabasePoolWaiting.md).',
        'The event loop is late: follow [EventLoopLagHigh](EventLoopLagHigh.md).',
        'Another service is slow: shorten its time-out, so that waiting for it does not fill up this one, and tell its people.',
        'Traffic has grown: add replicas. One caller or tenant makes it: limit that one.',
        'A deploy came just before: roll it back.',
      ),
    },
  };
}
