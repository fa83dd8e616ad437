import { uids } from '../../dashboards/uids.ts';
import { runtime } from '../../metrics/node-runtime.ts';
import { costliestRoutes } from '../../queries/route-queries.ts';
import { gcRate, gcShare, heapShare } from '../../queries/runtime-queries.ts';
import { ruleScope } from '../../query/query-scope.ts';
import { INSTANCE } from '../../query/service-labels.ts';
import { runtimeThresholds } from '../../thresholds/runtime-thresholds.ts';
import type { AlertSource } from '../alert.ts';
import { blocks, percent, promql, shell, steps } from '../prose.ts';
import { replica, series, shop } from '../test-series.ts';

const { warning } = runtimeThresholds.gcShare;

export const garbageCollectionShareHigh: AlertSource = (spec) => {
  const scope = ruleScope(spec.time('5m'), spec.histograms);
  const look = ruleScope('5m', spec.histograms);
  const time = (type: string) =>
    series(runtime.gcDuration, { ...replica('shop-1'), v8js_gc_type: type }, '_sum');
  return {
    name: 'GarbageCollectionShareHigh',
    severity: 'warning',
    team: 'service',
    expr: `${gcShare(scope, INSTANCE)} > ${warning}`,
    for: spec.time('10m'),
    keepFiringFor: spec.time('5m'),
    summary:
      '{{ $labels.service_name }} ({{ $labels.instance }}) spends {{ $value | humanizePercentage }} of its time on garbage collection',
    description:
      'Time in which no request goes on. Either the heap is nearly full, or the code makes and drops far more objects than it needs.',
    dashboard: { uid: uids.node, variables: { 'var-job': 'job', 'var-instance': 'instance' } },
    runbook: {
      symptom: `Over five minutes, and for ten, one process was in garbage collection for more than ${percent(warning)} of the time. A healthy service stays below 2 %.`,
      meaning:
        'Requests are slower, in jolts: the slowest become much slower, the middle hardly. Capacity is lost by this share.',
      look: blocks(
        'Which kind? `major` with a full heap is a leak or too small a limit. `minor`, often, is short-lived objects.',
        promql(
          gcShare(look, ['instance', 'v8js_gc_type']),
          gcRate(look, ['instance', 'v8js_gc_type']),
          heapShare(look, ['instance']),
          costliestRoutes(5, look),
        ),
        'Who allocates? Open the inspector on loopback and record Memory, "Allocation sampling", for half a minute:',
        shell('kill -USR1 <pid>'),
      ),
      mend: steps(
        '`HeapNearLimit` fires too: follow [HeapNearLimit](HeapNearLimit.md), it is the cause.',
        'A route reads whole tables or builds megabytes of JSON: pages, or a stream.',
        'Mostly `minor`: a larger young generation helps at once, `--max-semi-space-size=64` (MiB).',
        'A deploy brought it: roll it back.',
      ),
    },
    tests: [
      {
        name: '9 s of major and 3 s of minor collections a minute',
        series: { [time('major')]: '0+9x30', [time('minor')]: '0+3x30' },
        at: '20m',
        fires: [{ ...shop, instance: 'shop-1' }],
      },
      {
        name: '5 seconds a minute',
        series: { [time('major')]: '0+2x30', [time('minor')]: '0+3x30' },
        at: '20m',
        fires: [],
      },
      {
        name: 'a restart of the process sets the sums back to 0',
        series: { [time('major')]: '500x15 0+0.1x15' },
        at: '26m',
        fires: [],
      },
      {
        name: 'an import that takes three minutes',
        series: { [time('major')]: '0+0.1x10 16+15x2 46+0.1x20' },
        at: '14m',
        fires: [],
      },
    ],
  };
};
