import type { ResolvedSpec } from '../../../monitoring-spec.ts';
import {
  hostCpu,
  hostCpuByMode,
  hostLoad,
  hostMemory,
  hostMemoryAvailable,
  hostMemoryTotal,
  hostOpenFiles,
} from '../../../queries/host-queries.ts';
import { panelScope } from '../../../query/query-scope.ts';
import { hostThresholds } from '../../../thresholds/host-thresholds.ts';
import { type Row, row } from '../../frame/layout.ts';
import { query } from '../../panels/panel-query.ts';
import { badAbove, neutral } from '../../panels/panel-thresholds.ts';
import { unit } from '../../panels/panel-units.ts';
import { timeSeries } from '../../panels/time-series.ts';

/** CPU and memory. */
export function machineRow({ histograms }: ResolvedSpec): Row {
  const scope = panelScope(histograms);
  const instance = '{{instance}}';
  return row('CPU and memory', [
    timeSeries({
      title: 'CPU',
      description: {
        shows: 'Share of time that the cores were not idle, by machine.',
        matters: 'Above the line everything on the machine becomes slower, and by turns.',
        act: 'See CPU of processes on Node runtime and CPU of servers here for who it is; then move or add.',
      },
      unit: unit.ratio,
      thresholds: badAbove(hostThresholds.cpu),
      max: 1,
      queries: [query(hostCpu(scope), instance)],
    }),
    timeSeries({
      title: 'CPU by core',
      description: {
        shows: 'Share of time that each core was not idle.',
        matters:
          'One core at 100 % and the others idle is one thread that can not go faster: a process of Node.',
        act: 'Start more processes instead of greater machines.',
      },
      unit: unit.ratio,
      thresholds: badAbove(hostThresholds.cpu),
      max: 1,
      queries: [query(hostCpu(scope, ['instance', 'cpu']), '{{instance}} core {{cpu}}')],
    }),
    timeSeries({
      title: 'CPU by mode',
      description: {
        shows: 'What the cores did, as a share of their time, by machine.',
        matters:
          'iowait is a slow disk, steal a machine that is shared with others, softirq the network.',
        act: 'iowait: see disks below. steal: ask the provider for another machine.',
      },
      unit: unit.ratio,
      thresholds: neutral,
      stack: true,
      queries: [query(hostCpuByMode(scope, ['instance']), '{{instance}} {{mode}}')],
    }),
    timeSeries({
      title: 'Load for each core',
      description: {
        shows: 'Tasks that run or wait, for each core, as means of 1, 5 and 15 minutes.',
        matters: 'Above 1 some wait; it counts waits for the disk too, which CPU does not show.',
        act: 'High load with idle CPU: the disk. High load with busy CPU: too much work for this machine.',
      },
      unit: unit.count,
      thresholds: badAbove(hostThresholds.load),
      queries: ([1, 5, 15] as const).map((minutes) =>
        query(hostLoad(minutes, scope), `{{instance}} ${minutes} min`),
      ),
    }),
    timeSeries({
      title: 'Memory in use',
      description: {
        shows:
          'Share of memory that programs can no longer get, by machine; caches of files do not count.',
        matters: 'At the end the kernel kills a process, usually the greatest: the database.',
        act: 'Find the process that grows, on Memory of processes and Memory of servers.',
      },
      unit: unit.ratio,
      thresholds: badAbove(hostThresholds.memory),
      max: 1,
      queries: [query(hostMemory(scope), instance)],
    }),
    timeSeries({
      title: 'Memory',
      description: {
        shows: 'Bytes of memory that each machine has, and that programs can still get.',
        matters: 'What is available must hold the next deployment, when old and new run together.',
        act: 'Plan for the smallest value of the week, not for the mean.',
      },
      unit: unit.bytes,
      thresholds: neutral,
      queries: [
        query(hostMemoryAvailable(scope), 'available, {{instance}}'),
        query(hostMemoryTotal(scope), 'total, {{instance}}'),
      ],
    }),
    timeSeries({
      title: 'Open files of machines',
      description: {
        shows: 'Open files as a share of what the machine allows.',
        matters: 'At the limit no program opens a file or accepts a connection.',
        act: 'Find who holds them with lsof; raise fs.file-max only after that.',
      },
      unit: unit.ratio,
      thresholds: badAbove(hostThresholds.openFiles),
      queries: [query(hostOpenFiles(scope), instance)],
    }),
  ]);
}
