import { uids } from '../../dashboards/uids.ts';
import { runtime } from '../../metrics/node-runtime.ts';
import { requestRate } from '../../queries/http-queries.ts';
import { costliestRoutes } from '../../queries/route-queries.ts';
import { eventLoopUtilization, gcShare, processCpu } from '../../queries/runtime-queries.ts';
import { ruleScope } from '../../query/query-scope.ts';
import { INSTANCE } from '../../query/service-labels.ts';
import { runtimeThresholds } from '../../thresholds/runtime-thresholds.ts';
import type { AlertSource } from '../alert.ts';
import { blocks, percent, promql, shell, steps } from '../prose.ts';
import { replica, series, shop } from '../test-series.ts';

const { warning } = runtimeThresholds.cpu;

export const processCpuHigh: AlertSource = (spec) => {
  const scope = ruleScope(spec.time('5m'), spec.histograms);
  const look = ruleScope('5m', spec.histograms);
  const cpu = (mode: string, instance = 'shop-1') =>
    series(runtime.cpuTime, { ...replica(instance), cpu_mode: mode });
  return {
    name: 'ProcessCpuHigh',
    severity: 'warning',
    team: 'service',
    expr: `${processCpu(scope, INSTANCE)} > ${warning}`,
    for: spec.time('5m'),
    keepFiringFor: spec.time('5m'),
    summary:
      '{{ $labels.service_name }} ({{ $labels.instance }}) uses {{ $value | humanizePercentage }} of a core',
    description:
      'JavaScript runs on one core: near 100 % a process has no room left, and requests queue up. The next bit of traffic makes it slow at once, not gradually.',
    dashboard: { uid: uids.node, variables: { 'var-job': 'job', 'var-instance': 'instance' } },
    runbook: {
      symptom: `One process has used more than ${percent(warning)} of a core for five minutes. More than 100 % is possible: garbage collection, compression and DNS have threads of their own.`,
      meaning: 'Nothing yet, or slower answers. It is the last warning before a queue builds up.',
      look: blocks(
        'More requests, or more work for each? One replica or all?',
        promql(
          requestRate(look, ['instance']),
          processCpu(look, ['instance', 'cpu_mode']),
          eventLoopUtilization(look, ['instance']),
          gcShare(look, ['instance']),
          costliestRoutes(5, look),
        ),
        'Much `system` time is I/O or many small writes. Much `user` time: a CPU profile says which function. `SIGUSR1` opens the inspector on loopback:',
        shell('top -H -p <pid>', 'kill -USR1 <pid>'),
      ),
      mend: steps(
        'More requests than usual: add replicas. One caller makes them: limit it.',
        'One replica only: the load balancer is uneven, or long-lived connections stick to it. Restart it.',
        'A deploy brought it: roll it back.',
        'Garbage collection is most of it: follow [GarbageCollectionShareHigh](GarbageCollectionShareHigh.md).',
      ),
    },
    tests: [
      {
        name: '54 of 60 seconds, most of them in user mode',
        series: { [cpu('user')]: '0+48x20', [cpu('system')]: '0+6x20' },
        at: '10m',
        fires: [{ ...shop, instance: 'shop-1' }],
      },
      {
        name: 'it is so busy that its exports come ten seconds late',
        interval: '70s',
        series: { [cpu('user')]: '0+67x20' },
        at: '16m',
        fires: [{ ...shop, instance: 'shop-1' }],
      },
      {
        name: 'two replicas at half a core each',
        series: { [cpu('user')]: '0+30x20', [cpu('user', 'shop-2')]: '0+30x20' },
        at: '15m',
        fires: [],
      },
      {
        name: 'three busy minutes',
        series: { [cpu('user')]: '0+3x5 18+57x2 135+3x20' },
        at: '9m',
        fires: [],
      },
      {
        name: 'a restart sets the counter back to 0',
        series: { [cpu('user')]: '90000x10 0+3x20' },
        at: '17m',
        fires: [],
      },
    ],
  };
};
