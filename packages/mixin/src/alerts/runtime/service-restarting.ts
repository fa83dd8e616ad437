import { uids } from '../../dashboards/uids.ts';
import { runtime } from '../../metrics/node-runtime.ts';
import { earlyDeaths, replicas } from '../../queries/runtime-queries.ts';
import { select } from '../../query/promql.ts';
import { ruleScope } from '../../query/query-scope.ts';
import { SERVICE } from '../../query/service-labels.ts';
import { durationSeconds } from '../../spec/duration.ts';
import { runtimeThresholds } from '../../thresholds/runtime-thresholds.ts';
import type { AlertSource } from '../alert.ts';
import { blocks, promql, shell, steps } from '../prose.ts';
import { replica, series, shop } from '../test-series.ts';

const { warning } = runtimeThresholds.earlyDeaths;

export const serviceRestarting: AlertSource = (spec) => {
  const scope = ruleScope(spec.time('30m'), spec.histograms);
  const look = ruleScope('30m', spec.histograms);
  const age = { young: durationSeconds(spec.time('10m')), silent: spec.time('3m') };
  const uptime = (instance: string, version?: string) =>
    series(runtime.uptime, replica(instance, version));
  return {
    name: 'ServiceRestarting',
    severity: 'warning',
    team: 'service',
    expr: `${earlyDeaths(scope, SERVICE, age)} >= ${warning}`,
    for: '0s',
    keepFiringFor: spec.time('10m'),
    summary:
      '{{ $value }} processes of {{ $labels.service_name }} ended within minutes of their start',
    description:
      'Processes start, run for less than ten minutes and end, again and again. Each end loses the requests in it; between end and start there is one replica less, or none.',
    dashboard: { uid: uids.node, variables: { 'var-job': 'job' } },
    runbook: {
      symptom: `Within half an hour, at least ${warning} processes of a service ended at an age below ten minutes. A process that ends before its first export (60 s by default) is never seen: where all do, \`TrafficGone\` tells.`,
      meaning:
        'A part of the requests fails with a broken connection. With a single replica the service is away for some seconds each time.',
      look: blocks(
        'Which versions, and how old did they get? A new process has a new `instance`, unless `service.instance.id` is set.',
        promql(
          `max by (instance, service_version) (max_over_time(${select(runtime.uptime, look)}[30m]))`,
          replicas(look, ['service_name', 'service_version']),
        ),
        'Why did it end? The last lines that it wrote, its exit code, and whether the kernel killed it for memory (137):',
        shell(
          "journalctl -u <service> --since '-30 min' | grep -iE 'uncaught|unhandled|heap out of memory|SIGKILL|exit'",
          "dmesg --ctime | grep -i 'killed process'",
          'kubectl describe pod <pod> | grep -A5 "Last State"',
        ),
      ),
      mend: steps(
        'A deploy brought it: roll it back. A missing setting or migration is the usual cause of an end within seconds.',
        'Killed for memory: raise the memory limit above `--max-old-space-size` plus a quarter, then follow [HeapNearLimit](HeapNearLimit.md).',
        'Killed by a health check: the event loop may be late, follow [EventLoopLagHigh](EventLoopLagHigh.md), or the check asks for a dependency that is down.',
        'Two deploys within ten minutes look the same: nothing to mend.',
      ),
    },
    tests: [
      {
        name: 'each new process dies after three minutes',
        series: {
          [uptime('a')]: '5 65 125 185 _x40',
          [uptime('b')]: '_x4 5 65 125 185 _x40',
          [uptime('c')]: '_x8 5 65 125 185 _x40',
          [uptime('d')]: '_x12 5 65 125 185 _x40',
        },
        at: '17m',
        fires: [shop],
      },
      {
        name: 'the same with an instance of a fixed name, as of a pod',
        series: { [uptime('shop-0')]: '5 65 125 5 65 125 5 65 125 5 65 125 185' },
        at: '12m',
        fires: [shop],
      },
      {
        name: 'a rolling deploy of four replicas that were old',
        series: {
          [uptime('a', '1.4.0')]: '90000+60x5',
          [uptime('b', '1.4.0')]: '90000+60x6',
          [uptime('c', '1.4.0')]: '90000+60x7',
          [uptime('d', '1.4.0')]: '90000+60x8',
          [uptime('e', '1.5.0')]: '_x5 5+60x30',
          [uptime('f', '1.5.0')]: '_x6 5+60x30',
          [uptime('g', '1.5.0')]: '_x7 5+60x30',
          [uptime('h', '1.5.0')]: '_x8 5+60x30',
        },
        at: '20m',
        fires: [],
      },
      {
        name: 'one crash, and the next process lives',
        series: { [uptime('a')]: '5 65 125 _x40', [uptime('b')]: '_x3 5+60x40' },
        at: '20m',
        fires: [],
      },
      {
        name: 'workers that end after twenty minutes of work',
        interval: '5m',
        series: {
          [uptime('a')]: '5+300x4 _x9',
          [uptime('b')]: '5+300x4 _x9',
          [uptime('c')]: '5+300x4 _x9',
        },
        at: '30m',
        fires: [],
      },
    ],
  };
};
