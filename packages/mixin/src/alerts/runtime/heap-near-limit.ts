import { uids } from '../../dashboards/uids.ts';
import { runtime } from '../../metrics/node-runtime.ts';
import { gcShare, heapShare, heapUsed, uptime } from '../../queries/runtime-queries.ts';
import { ruleScope } from '../../query/query-scope.ts';
import { INSTANCE } from '../../query/service-labels.ts';
import { runtimeThresholds } from '../../thresholds/runtime-thresholds.ts';
import type { AlertSource } from '../alert.ts';
import { blocks, percent, promql, shell, steps } from '../prose.ts';
import { replica, series, shop } from '../test-series.ts';

const { warning } = runtimeThresholds.heapShare;
const LIMIT = 2_197_815_296;

export const heapNearLimit: AlertSource = (spec) => {
  const scope = ruleScope(spec.time('5m'), spec.histograms);
  const look = ruleScope('5m', spec.histograms);
  return {
    name: 'HeapNearLimit',
    severity: 'warning',
    team: 'service',
    expr: `${heapShare(scope, INSTANCE)} > ${warning}`,
    for: spec.time('10m'),
    keepFiringFor: spec.time('5m'),
    summary:
      '{{ $labels.service_name }} ({{ $labels.instance }}) uses {{ $value | humanizePercentage }} of its heap limit',
    description:
      'At the limit Node ends the process with "JavaScript heap out of memory", and every request in it is lost. Before that it spends more and more of its time collecting garbage.',
    dashboard: { uid: uids.node, variables: { 'var-job': 'job', 'var-instance': 'instance' } },
    runbook: {
      symptom: `The V8 heap of one process has been above ${percent(warning)} of its limit for ten minutes, at every look: garbage collection did not bring it down.`,
      meaning:
        'Nothing yet. Within minutes to hours the process dies, its requests fail, and its neighbours take the load with the same leak in them.',
      look: blocks(
        'A line that rises ever since the start is a leak. A step is a big piece of work.',
        promql(
          heapShare(look, ['instance']),
          heapUsed(look, ['instance', 'v8js_heap_space_name']),
          uptime(look, ['instance']),
          gcShare(look, ['instance']),
        ),
        'A heap snapshot names what is kept. It stops the process for seconds and needs as much memory again, so take the replica out of the load balancer first. The process must run with `--heapsnapshot-signal=SIGUSR2`:',
        shell('kill -USR2 <pid>', 'ls -t *.heapsnapshot | head -1'),
        'Open it in Chrome (Memory), and compare two of them by "Objects allocated between".',
      ),
      mend: steps(
        'Restart one replica after the other: it buys the time that the leak took so far.',
        'A deploy brought it: roll it back.',
        'Usual leaks: a `Map` used as a cache without a bound, listeners added for each request, a queue that nobody empties, closures kept by timers.',
        'It is no leak, the work is that big: raise `--max-old-space-size`, and the memory limit of the container with it, or do the work in pieces.',
      ),
    },
    tests: [
      {
        name: '1.9 of 2.05 GiB, in two spaces',
        series: heap('shop-1', { old_space: '1900000000x30', new_space: '16000000x30' }),
        at: '15m',
        fires: [{ ...shop, instance: 'shop-1' }],
      },
      {
        name: 'a saw: full at one look, collected at the next',
        series: heap('shop-1', {
          old_space: '1950000000 600000000 1950000000 600000000 1200000000x26',
        }),
        at: '2m',
        fires: [],
      },
      {
        name: 'two replicas at half, which are not one at full',
        series: {
          ...heap('shop-1', { old_space: '1100000000x30' }),
          ...heap('shop-2', { old_space: '1100000000x30' }),
        },
        at: '20m',
        fires: [],
      },
      {
        name: 'a runtime that does not tell its limit',
        series: { [series(runtime.heapUsed, replica('shop-1'))]: '1900000000x30' },
        at: '20m',
        fires: [],
      },
    ],
  };
};

function heap(instance: string, spaces: Readonly<Record<string, string>>): Record<string, string> {
  const used = Object.entries(spaces).map(([space, values]) => [
    series(runtime.heapUsed, { ...replica(instance), v8js_heap_space_name: space }),
    values,
  ]);
  return {
    ...Object.fromEntries(used),
    [series(runtime.heapSizeLimit, replica(instance))]: `${LIMIT}x30`,
  };
}
