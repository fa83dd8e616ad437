import { uids } from '../../dashboards/uids.ts';
import { cadvisor } from '../../metrics/cadvisor.ts';
import {
  containerKills,
  containerMemory,
  containerMemoryLimit,
  containerMemoryShare,
} from '../../queries/container-queries.ts';
import { ruleScope } from '../../query/query-scope.ts';
import { containerThresholds } from '../../thresholds/container-thresholds.ts';
import type { AlertSource } from '../alert.ts';
import { blocks, percent, promql, shell, steps } from '../prose.ts';
import { container, containerSeries } from './test-container.ts';

const { warning } = containerThresholds.memoryShare;
const memory = containerSeries(cadvisor.memory);
const limit = containerSeries(cadvisor.memoryLimit);

export const containerMemoryNearLimit: AlertSource = (spec) => {
  const scope = ruleScope(spec.time('5m'), spec.histograms);
  const look = ruleScope('30m', spec.histograms);
  return {
    name: 'ContainerMemoryNearLimit',
    severity: 'warning',
    team: 'platform',
    expr: `${containerMemoryShare(scope)} > ${warning}`,
    for: spec.time('10m'),
    keepFiringFor: spec.time('5m'),
    summary:
      'Container {{ $labels.id }} uses {{ $value | humanizePercentage }} of its memory limit',
    description:
      'At the limit the kernel ends a process of the container, and whatever it was doing is lost. Caches of files that can be given back are not counted.',
    dashboard: { uid: uids.containers, variables: { 'var-instance': 'instance' } },
    runbook: {
      symptom: `The working set of a container has been above ${percent(warning)} of its memory limit for ten minutes.`,
      meaning: 'Nothing yet. Next the container starts again, and its requests fail until it has.',
      look: blocks(
        'A slope is a leak, a step is a deploy or a big piece of work. Was it killed before?',
        promql(
          containerMemoryShare(look),
          containerMemory(look),
          containerMemoryLimit(look),
          containerKills(look),
        ),
        shell('docker stats --no-stream', "dmesg --ctime | grep -i 'killed process'"),
      ),
      mend: steps(
        'A service of ours: follow [HeapNearLimit](HeapNearLimit.md), and start Node with `--max-old-space-size` well below the limit.',
        'PostgreSQL or Redis: `work_mem`, `shared_buffers` or `maxmemory` are too large for this limit.',
        'It is as much as it needs: raise the limit, when the machine has the memory.',
      ),
    },
    tests: [
      {
        name: '480 of 512 MiB',
        series: { [memory]: '503316480x30', [limit]: '536870912x30' },
        at: '15m',
        fires: [container],
      },
      {
        name: '480 MiB without a limit',
        series: { [memory]: '503316480x30', [limit]: '0x30' },
        at: '15m',
        fires: [],
      },
      {
        name: 'without a limit in control groups of the first version: a number larger than any memory',
        series: { [memory]: '503316480x30', [limit]: '9223372036854771712x30' },
        at: '15m',
        fires: [],
      },
      {
        name: 'the slice of all services of the machine is no container',
        series: {
          [containerSeries(cadvisor.memory, { id: '/system.slice' })]: '503316480x30',
          [containerSeries(cadvisor.memoryLimit, { id: '/system.slice' })]: '536870912x30',
        },
        at: '15m',
        fires: [],
      },
    ],
  };
};
