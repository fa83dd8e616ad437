import { uids } from '../../dashboards/uids.ts';
import { node } from '../../metrics/node-exporter.ts';
import { hostMemoryForecast } from '../../queries/capacity-queries.ts';
import { hostMemory, hostMemoryAvailable } from '../../queries/host-queries.ts';
import { residentMemory } from '../../queries/runtime-queries.ts';
import { ruleScope } from '../../query/query-scope.ts';
import { durationSeconds } from '../../spec/duration.ts';
import { capacityThresholds } from '../../thresholds/capacity-thresholds.ts';
import type { AlertSource } from '../alert.ts';
import { blocks, percent, promql, shell, steps } from '../prose.ts';
import { machine, machineSeries } from './test-machine.ts';

const { warning } = capacityThresholds.hostMemory;
const total = machineSeries(node.memoryTotal);
const available = machineSeries(node.memoryAvailable);

export const hostMemoryFilling: AlertSource = (spec) => {
  const scope = ruleScope(spec.time('6h'), spec.histograms);
  const day = String(durationSeconds(spec.time('24h')));
  const look = ruleScope('6h', spec.histograms);
  return {
    name: 'HostMemoryFilling',
    severity: 'warning',
    team: 'platform',
    expr: `${hostMemory(scope)} > ${warning} and ${hostMemoryForecast(day, scope)} < 0`,
    for: spec.time('1h'),
    keepFiringFor: spec.time('1h'),
    summary:
      '{{ $value | humanizePercentage }} of the memory of {{ $labels.instance }} is taken, and none will be left within a day',
    description:
      'At the pace of the last six hours programs get no more memory tomorrow. The kernel then ends the largest one, mostly the database.',
    dashboard: { uid: uids.capacity, variables: { 'var-instance': 'instance' } },
    runbook: {
      symptom: `More than ${percent(warning)} of the memory of a machine is taken, and a line through its last six hours reaches the end within a day. It has done so for an hour.`,
      meaning: 'Nothing today. There is time to find the one that grows in daylight.',
      look: blocks(
        'When is it gone, in hours, and who grows?',
        promql(
          `-1 * ${hostMemoryAvailable(look)} / deriv(${hostMemoryAvailable(look)}[6h]) / 3600 > 0`,
          `topk(5, deriv(process_resident_memory_bytes[6h]))`,
          `topk(10, ${residentMemory(look, ['service_name', 'instance'])})`,
        ),
        shell('ps -eo pid,rss,etime,args --sort=-rss | head -10', 'free -m'),
      ),
      mend: steps(
        'One process grows since its start: it leaks. Restart it, and for ours follow [HeapFilling](HeapFilling.md).',
        'Redis without `maxmemory`: set one.',
        'Something was added to the machine: move it, or take a larger machine before tomorrow.',
      ),
    },
    tests: [
      {
        name: '3.6 of 16 GB available, 0.3 GB less each hour',
        interval: '10m',
        series: { [total]: '16e9x60', [available]: '6e9-0.05e9x60' },
        at: '8h',
        fires: [machine],
      },
      {
        name: 'the same pace with 10 GB available',
        interval: '10m',
        series: { [total]: '16e9x60', [available]: '12e9-0.05e9x40' },
        at: '6h',
        fires: [],
      },
      {
        name: 'three quarters are taken, as ever',
        interval: '10m',
        series: { [total]: '16e9x60', [available]: '4e9x60' },
        at: '8h',
        fires: [],
      },
      {
        name: 'a job takes 3 GB for twenty minutes and gives it back',
        interval: '10m',
        series: { [total]: '16e9x60', [available]: '4.5e9x30 1.5e9x1 4.5e9x24' },
        at: '7h',
        fires: [],
      },
    ],
  };
};
