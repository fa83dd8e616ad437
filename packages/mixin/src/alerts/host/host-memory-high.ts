import { uids } from '../../dashboards/uids.ts';
import { node } from '../../metrics/node-exporter.ts';
import { hostMemory } from '../../queries/host-queries.ts';
import { residentMemory } from '../../queries/runtime-queries.ts';
import { ruleScope } from '../../query/query-scope.ts';
import { hostThresholds } from '../../thresholds/host-thresholds.ts';
import type { AlertSource } from '../alert.ts';
import { blocks, percent, promql, shell, steps } from '../prose.ts';
import { machine, machineSeries } from './test-machine.ts';

const { warning } = hostThresholds.memory;
const total = machineSeries(node.memoryTotal);
const available = machineSeries(node.memoryAvailable);

export const hostMemoryHigh: AlertSource = (spec) => {
  const scope = ruleScope(spec.time('5m'), spec.histograms);
  const look = ruleScope('5m', spec.histograms);
  return {
    name: 'HostMemoryHigh',
    severity: 'warning',
    team: 'platform',
    expr: `${hostMemory(scope)} > ${warning}`,
    for: spec.time('10m'),
    keepFiringFor: spec.time('5m'),
    summary: '{{ $value | humanizePercentage }} of the memory of {{ $labels.instance }} is taken',
    description:
      'When nothing is left the kernel kills a process, mostly the largest: the database or a service. Shortly before, everything becomes slow, because the cache of files is gone.',
    dashboard: { uid: uids.system, variables: { 'var-instance': 'instance' } },
    runbook: {
      symptom: `Programs could get less than ${percent(1 - warning)} of the memory of a machine for ten minutes. What the kernel keeps as a cache of files and gives back counts as free.`,
      meaning: 'Nothing yet. Next a process is killed, and what it was doing is lost.',
      look: blocks(
        'Who has it, and since when? A steady rise is a leak, a step is a deploy or a job.',
        promql(hostMemory(look), `topk(10, ${residentMemory(look, ['service_name', 'instance'])})`),
        shell(
          'ps -eo pid,rss,etime,args --sort=-rss | head -10',
          'free -m',
          "dmesg --ctime | grep -i 'killed process'",
        ),
      ),
      mend: steps(
        'A service of ours grows: follow [HeapNearLimit](HeapNearLimit.md); restart it to gain time.',
        'Redis has no `maxmemory`: set one, and `maxmemory-policy allkeys-lru` where it is a cache.',
        'PostgreSQL: `work_mem` times connections is more than there is. Lower one of them.',
        'Too much on one machine: move something, or take a larger one. Swap only makes the end slower.',
      ),
    },
    tests: [
      {
        name: '0.8 of 16 GB available',
        series: { [total]: '16e9x30', [available]: '0.8e9x30' },
        at: '15m',
        fires: [machine],
      },
      {
        name: 'free memory is low, but most of it is a cache that can be given back',
        series: {
          [total]: '16e9x30',
          [available]: '9e9x30',
          'node_memory_MemFree_bytes{deployment_environment_name="production",job="node-exporter",instance="10.0.0.7:9100"}':
            '0.2e9x30',
        },
        at: '20m',
        fires: [],
      },
      {
        name: 'a job that takes nearly all for five minutes',
        series: { [total]: '16e9x30', [available]: '9e9x4 0.5e9x4 9e9x20' },
        at: '9m',
        fires: [],
      },
    ],
  };
};
