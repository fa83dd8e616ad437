import { uids } from '../../dashboards/uids.ts';
import { cadvisor } from '../../metrics/cadvisor.ts';
import { containerCpu, containerThrottled } from '../../queries/container-queries.ts';
import { ruleScope } from '../../query/query-scope.ts';
import { containerThresholds } from '../../thresholds/container-thresholds.ts';
import type { AlertSource } from '../alert.ts';
import { blocks, percent, promql, shell, steps } from '../prose.ts';
import { container, containerSeries } from './test-container.ts';

const { warning } = containerThresholds.throttled;
const periods = containerSeries(cadvisor.periods);
const throttled = containerSeries(cadvisor.throttledPeriods);

export const containerThrottledHigh: AlertSource = (spec) => {
  const scope = ruleScope(spec.time('5m'), spec.histograms);
  const look = ruleScope('5m', spec.histograms);
  return {
    name: 'ContainerThrottledHigh',
    severity: 'warning',
    team: 'platform',
    expr: `${containerThrottled(scope)} > ${warning}`,
    for: spec.time('15m'),
    keepFiringFor: spec.time('5m'),
    summary:
      'Container {{ $labels.id }} waits for its CPU limit in {{ $value | humanizePercentage }} of all periods',
    description:
      'The container uses up its share of CPU and is stopped until the next period of a tenth of a second. Answers are late while the machine may be idle.',
    dashboard: { uid: uids.containers, variables: { 'var-instance': 'instance' } },
    runbook: {
      symptom: `For fifteen minutes a container had to wait for its CPU limit in more than ${percent(warning)} of all periods.`,
      meaning:
        'Some answers take up to a tenth of a second longer. In a process of Node everything waits together: `EventLoopLagHigh` may fire too.',
      look: blocks(
        'Does it need more than its limit on average, or in bursts only?',
        promql(containerThrottled(look), containerCpu(look)),
        shell("docker inspect --format '{{ .HostConfig.NanoCpus }}' <container>"),
      ),
      mend: steps(
        'Raise the limit (`cpus` in compose.yaml, `resources.limits.cpu`), when the machine has cores left.',
        'It is one busy process of Node: more replicas help, more than one core does not.',
        'Several threads at once (garbage collection, zlib, crypto) use a limit up in a moment: a limit of two cores for one busy one.',
      ),
    },
    tests: [
      {
        name: 'throttled in 4 of 10 periods for half an hour',
        series: { [periods]: '0+600x40', [throttled]: '0+240x40' },
        at: '25m',
        fires: [container],
      },
      {
        name: 'a burst of five minutes',
        series: { [periods]: '0+600x40', [throttled]: '0x10 0+500x5 2500x25' },
        at: '17m',
        fires: [],
      },
      {
        name: 'no limit, so no periods',
        series: { [containerSeries(cadvisor.cpu, { cpu: 'total' })]: '0+60x40' },
        at: '25m',
        fires: [],
      },
    ],
  };
};
