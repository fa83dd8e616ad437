import { uids } from '../../dashboards/uids.ts';
import { node } from '../../metrics/node-exporter.ts';
import { HOST, hostCpu, hostCpuByMode, hostLoad } from '../../queries/host-queries.ts';
import { processCpu } from '../../queries/runtime-queries.ts';
import { ruleScope } from '../../query/query-scope.ts';
import { hostThresholds } from '../../thresholds/host-thresholds.ts';
import type { AlertSource } from '../alert.ts';
import { blocks, percent, promql, shell, steps } from '../prose.ts';
import { machine, machineSeries } from './test-machine.ts';

const { warning } = hostThresholds.cpu;
const idle = (cpu: string) => machineSeries(node.cpu, { cpu, mode: 'idle' });

export const hostCpuHigh: AlertSource = (spec) => {
  const scope = ruleScope(spec.time('2m'), spec.histograms);
  const look = ruleScope('5m', spec.histograms);
  return {
    name: 'HostCpuHigh',
    severity: 'warning',
    team: 'platform',
    expr: `${hostCpu(scope)} > ${warning}`,
    for: spec.time('5m'),
    keepFiringFor: spec.time('5m'),
    summary: 'The cores of {{ $labels.instance }} are {{ $value | humanizePercentage }} busy',
    description:
      'All cores of the machine together have little room left. Processes take turns, and each becomes slower, the database included.',
    dashboard: { uid: uids.system, variables: { 'var-instance': 'instance' } },
    runbook: {
      symptom: `The cores of a machine, taken together, have been busy for more than ${percent(warning)} of the time for five minutes.`,
      meaning: 'Answers become slower, unevenly. Nothing fails yet.',
      look: blocks(
        'Doing what? `iowait` points at the disk, `steal` at a neighbour on the same hardware, `system` at the kernel.',
        promql(
          hostCpuByMode(look),
          hostCpu(look, [...HOST, 'cpu']),
          hostLoad(5, look),
          processCpu(look, ['service_name', 'instance']),
        ),
        'Which process?',
        shell('top -b -n1 -o %CPU | head -15', 'pidstat -u 5 3'),
      ),
      mend: steps(
        'One of our services: follow [ProcessCpuHigh](ProcessCpuHigh.md).',
        'The database: `DatabaseSlow` and its runbook say how to find the query.',
        'A backup, an import, a log shipper: run it with `nice`, or at another hour.',
        '`steal`: move the machine, or take one with cores of its own.',
        'It is the load of all: add a machine.',
      ),
    },
    tests: [
      {
        name: 'both cores idle for 6 of 60 seconds',
        series: { [idle('0')]: '0+6x20', [idle('1')]: '0+6x20' },
        at: '10m',
        fires: [machine],
      },
      {
        name: 'one core full, the other idle',
        series: { [idle('0')]: '0+0x20', [idle('1')]: '0+58x20' },
        at: '15m',
        fires: [],
      },
      {
        name: 'a build of three minutes',
        series: { [idle('0')]: '0+57x5 288+3x2 351+57x15' },
        at: '10m',
        fires: [],
      },
    ],
  };
};
