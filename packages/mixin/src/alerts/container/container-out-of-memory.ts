import { uids } from '../../dashboards/uids.ts';
import { cadvisor } from '../../metrics/cadvisor.ts';
import {
  containerKills,
  containerMemory,
  containerMemoryLimit,
} from '../../queries/container-queries.ts';
import { ruleScope } from '../../query/query-scope.ts';
import { containerThresholds } from '../../thresholds/container-thresholds.ts';
import type { AlertSource } from '../alert.ts';
import { blocks, promql, shell, steps } from '../prose.ts';
import { container, containerSeries } from './test-container.ts';

const { warning } = containerThresholds.outOfMemory;
const kills = containerSeries(cadvisor.outOfMemory);

export const containerOutOfMemory: AlertSource = (spec) => {
  const scope = ruleScope(spec.time('15m'), spec.histograms);
  const look = ruleScope('1h', spec.histograms);
  return {
    name: 'ContainerOutOfMemory',
    severity: 'warning',
    team: 'platform',
    expr: `${containerKills(scope)} > ${warning}`,
    for: spec.time('0m'),
    summary: 'The kernel killed a process of container {{ $labels.id }} for want of memory',
    description:
      'A container reached its memory limit and a process of it was ended at once, without a word in its log. What it was doing is lost.',
    dashboard: { uid: uids.containers, variables: { 'var-instance': 'instance' } },
    runbook: {
      symptom:
        'Within fifteen minutes the kernel ended a process of a container for want of memory.',
      meaning:
        'Requests that were under way failed. It happens again, as soon as it is as large again.',
      look: blocks(
        'How did its memory come to the limit?',
        promql(containerKills(look), containerMemory(look), containerMemoryLimit(look)),
        shell(
          "docker inspect --format '{{ .State.OOMKilled }} {{ .State.ExitCode }}' <container>",
          "dmesg --ctime | grep -i 'killed process' | tail -5",
        ),
      ),
      mend: steps(
        'A deploy came before: roll it back.',
        'A leak: restart on purpose before it happens again, and follow [HeapNearLimit](HeapNearLimit.md).',
        'The limit was too small from the start: raise it.',
      ),
    },
    tests: [
      {
        name: 'one kill',
        series: { [kills]: '0x10 1x20' },
        at: '14m',
        fires: [container],
      },
      {
        name: 'a kill of last week',
        series: { [kills]: '1x30' },
        at: '20m',
        fires: [],
      },
    ],
  };
};
