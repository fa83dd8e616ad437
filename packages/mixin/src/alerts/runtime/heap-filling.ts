import { uids } from '../../dashboards/uids.ts';
import { runtime } from '../../metrics/node-runtime.ts';
import { heapForecast } from '../../queries/capacity-queries.ts';
import { heapLimit, heapShare, heapUsed, uptime } from '../../queries/runtime-queries.ts';
import { ruleScope } from '../../query/query-scope.ts';
import { INSTANCE } from '../../query/service-labels.ts';
import { durationSeconds } from '../../spec/duration.ts';
import { capacityThresholds } from '../../thresholds/capacity-thresholds.ts';
import type { AlertSource } from '../alert.ts';
import { blocks, percent, promql, steps } from '../prose.ts';
import { replica, series, shop } from '../test-series.ts';

const { warning } = capacityThresholds.heap;

/** A process that is younger than the window is still filling its caches: it is not looked at. */
export const heapFilling: AlertSource = (spec) => {
  const window = spec.time('6h');
  const scope = ruleScope(window, spec.histograms);
  const seconds = (duration: string) => String(durationSeconds(spec.time(duration)));
  const step = spec.time('10m');
  const look = ruleScope('6h', spec.histograms);
  return {
    name: 'HeapFilling',
    severity: 'warning',
    team: 'service',
    expr: `${heapShare(scope, INSTANCE)} > ${warning} and ${heapForecast(seconds('24h'), scope, { step })} > ${heapLimit(scope, INSTANCE)} and ${uptime(scope, INSTANCE)} > ${seconds('6h')}`,
    for: spec.time('1h'),
    keepFiringFor: spec.time('1h'),
    summary:
      '{{ $labels.service_name }} ({{ $labels.instance }}) uses {{ $value | humanizePercentage }} of its heap limit and will reach it within a day',
    description:
      'The heap of one process has grown for six hours and reaches its limit within a day at that pace: it leaks. Node then ends the process, and every request in it is lost.',
    dashboard: { uid: uids.capacity, variables: { 'var-job': 'job', 'var-instance': 'instance' } },
    runbook: {
      symptom: `More than ${percent(warning)} of the heap limit of a process is in use, and a line through its last six hours reaches the limit within a day. It has done so for an hour; processes younger than six hours are not looked at.`,
      meaning:
        'Nothing today. Its neighbours run the same code and reach the limit at about the same time.',
      look: blocks(
        'Do all replicas grow, and since which version?',
        promql(
          heapShare(look, ['instance', 'service_version']),
          heapForecast('86400', look),
          heapUsed(look, ['instance', 'v8js_heap_space_name']),
          uptime(look, ['instance']),
        ),
        'What is kept: two heap snapshots an hour apart, see [HeapNearLimit](HeapNearLimit.md).',
      ),
      mend: steps(
        'Restart replicas one after the other, before the night: it buys as long as the leak took so far.',
        'It began with a deploy: roll it back.',
        'Find it in daylight: a `Map` as a cache without a bound, listeners added for each request, a queue that nobody empties.',
        'It is growth and no leak: raise `--max-old-space-size`, and the limit of the container with it.',
      ),
    },
    tests: [
      {
        name: '50 MB more each hour, 1.4 of 2.2 GB in use',
        interval: '10m',
        series: heap('1000000000+8333333x80'),
        at: '8h',
        fires: [{ ...shop, instance: 'shop-1' }],
      },
      {
        name: 'a saw between 1.1 and 1.4 GB that goes nowhere',
        interval: '10m',
        series: heap(Array(20).fill('1100000000 1200000000 1300000000 1400000000').join(' ')),
        at: '8h',
        fires: [],
      },
      {
        name: '6 MB more each hour, with room for a week',
        interval: '10m',
        series: heap('1200000000+1000000x80'),
        at: '8h',
        fires: [],
      },
      {
        name: 'a process of two hours that fills its caches',
        interval: '10m',
        series: heap('1000000000+60000000x12', 0),
        at: '2h',
        fires: [],
      },
    ],
  };
};

function heap(used: string, age = 36_000): Record<string, string> {
  const labels = replica('shop-1');
  return {
    [series(runtime.heapUsed, { ...labels, v8js_heap_space_name: 'old_space' })]: used,
    [series(runtime.heapSizeLimit, labels)]: '2197815296x80',
    [series(runtime.uptime, labels)]: `${age}+600x80`,
  };
}
