import { uids } from '../../dashboards/uids.ts';
import { runtime } from '../../metrics/node-runtime.ts';
import { costliestRoutes } from '../../queries/route-queries.ts';
import { eventLoopDelay, eventLoopUtilization, gcShare } from '../../queries/runtime-queries.ts';
import { ruleScope } from '../../query/query-scope.ts';
import { INSTANCE } from '../../query/service-labels.ts';
import { runtimeThresholds } from '../../thresholds/runtime-thresholds.ts';
import type { AlertSource } from '../alert.ts';
import { blocks, promql, shell, steps } from '../prose.ts';
import { replica, series, shop } from '../test-series.ts';

const { warning } = runtimeThresholds.eventLoopDelayP99;

export const eventLoopLagHigh: AlertSource = (spec) => {
  const scope = ruleScope(spec.time('5m'), spec.histograms);
  const look = ruleScope('5m', spec.histograms);
  const delay = series(runtime.delayP99, replica('shop-1'));
  return {
    name: 'EventLoopLagHigh',
    severity: 'warning',
    team: 'service',
    expr: `${eventLoopDelay('p99', scope, INSTANCE)} > ${warning}`,
    for: spec.time('5m'),
    keepFiringFor: spec.time('5m'),
    summary:
      'The event loop of {{ $labels.service_name }} ({{ $labels.instance }}) is {{ $value | humanizeDuration }} late',
    description:
      'Code holds the only thread of a process, and everything else in it waits: each request, each answer of a database, the health check. More connections do not help.',
    dashboard: { uid: uids.node, variables: { 'var-job': 'job', 'var-instance': 'instance' } },
    runbook: {
      symptom: `The 99th percentile of the event loop's delay of one process is above ${warning} s for five minutes. An idle loop shows 0.01 s.`,
      meaning:
        'Every request of this process is slower by about that much, however little it does itself. When health checks time out, the process is restarted while it works.',
      look: blocks(
        'All replicas, or one? Is the loop busy with our code or with garbage?',
        promql(
          eventLoopDelay('p99', look, ['instance']),
          eventLoopUtilization(look, ['instance']),
          gcShare(look, ['instance']),
          costliestRoutes(5, look),
        ),
        'A profile of ten seconds says which function it is. `SIGUSR1` opens the inspector on loopback; then record in `chrome://inspect`, Performance:',
        shell('kill -USR1 <pid>'),
        'Usual names in it: `JSON.parse` and `JSON.stringify` of megabytes, regular expressions with nested repeats, synchronous `fs`, `crypto` and `zlib` calls, sorting a whole table, templates of long lists.',
      ),
      mend: steps(
        'A deploy brought it: roll it back.',
        'One route or one tenant causes it: limit its size (pages, a maximum body), or switch it off for now.',
        'Garbage collection is most of it: follow [GarbageCollectionShareHigh](GarbageCollectionShareHigh.md).',
        'It is plain load: add replicas. Work that needs the CPU belongs in a worker thread.',
      ),
    },
    tests: [
      {
        name: 'a synchronous loop of 300 ms in each request of one replica',
        series: {
          [delay]: '0.011x5 0.31x20',
          [series(runtime.delayP99, replica('shop-2'))]: '0.012x30',
        },
        at: '15m',
        fires: [{ ...shop, instance: 'shop-1' }],
      },
      { name: 'a busy loop, 80 ms late', series: { [delay]: '0.08x30' }, at: '20m', fires: [] },
      {
        name: 'two late minutes at the start of a process',
        series: { [delay]: '0.4x2 0.012x28' },
        at: '2m',
        fires: [],
      },
    ],
  };
};
