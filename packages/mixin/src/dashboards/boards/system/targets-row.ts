import type { ResolvedSpec } from '../../../monitoring-spec.ts';
import { hostUptime } from '../../../queries/host-queries.ts';
import {
  serverCpu,
  serverMemory,
  serverRestarts,
  targets,
  targetsUp,
} from '../../../queries/machine-queries.ts';
import { panelScope } from '../../../query/query-scope.ts';
import { infrastructureThresholds } from '../../../thresholds/infrastructure-thresholds.ts';
import { type Row, row } from '../../frame/layout.ts';
import { query } from '../../panels/panel-query.ts';
import { badAbove, badBelow, neutral } from '../../panels/panel-thresholds.ts';
import { unit } from '../../panels/panel-units.ts';
import { stat } from '../../panels/stat.ts';
import { timeSeries } from '../../panels/time-series.ts';

/** Which servers are there. Services that send OTLP are no targets: Pipeline health knows when they fell silent. */
export function targetsRow({ histograms }: ResolvedSpec): Row {
  const scope = panelScope(histograms);
  return row('Servers', [
    stat({
      title: 'Servers up',
      description: {
        shows: 'Share of the selected targets that Prometheus reaches.',
        matters: 'Below 100 % you are blind somewhere, and perhaps something is down.',
        act: 'See Targets for which; then its log. When only the exporter is down, the server may be well.',
      },
      unit: unit.ratio,
      thresholds: badBelow(infrastructureThresholds.targetUp),
      width: 6,
      queries: [query(targetsUp(scope), 'Up')],
    }),
    stat({
      title: 'Restarts of servers',
      description: {
        shows: 'How often servers of the stack were restarted within the time range, by job.',
        matters: 'Each restart is a gap in what is known, and may be the first of many.',
        act: 'Look for the reason in the log before the restart, and for the out-of-memory killer in dmesg.',
      },
      unit: unit.count,
      thresholds: badAbove(infrastructureThresholds.serverRestarts),
      width: 18,
      queries: [
        query(serverRestarts({ ...scope, window: '$__range' }), '{{job}}', { instant: true }),
      ],
    }),
    timeSeries({
      title: 'Targets',
      description: {
        shows: '1 for every target that Prometheus reaches, 0 for those that it does not.',
        matters: 'Alerts about a server say nothing while it is not scraped.',
        act: 'Zero: open /targets of Prometheus, it shows the error of the last scrape.',
      },
      unit: unit.count,
      thresholds: badBelow(infrastructureThresholds.targetUp),
      max: 1,
      queries: [query(targets(scope), '{{job}} {{instance}}')],
    }),
    timeSeries({
      title: 'Uptime of machines',
      description: {
        shows: 'Time since each machine started.',
        matters: 'A machine that restarts by itself has a reason that comes back.',
        act: 'Look at the end of the log before it: journalctl -b -1 -e.',
      },
      unit: unit.duration,
      thresholds: neutral,
      queries: [query(hostUptime(scope), '{{instance}}')],
    }),
    timeSeries({
      title: 'Memory of servers',
      description: {
        shows: 'Resident memory of every server of the stack that tells it.',
        matters:
          'Prometheus grows with its series, the Collector with its queue; the machine is theirs together.',
        act: 'Prometheus: see Series in memory on Pipeline health. Others: look at their own log.',
      },
      unit: unit.bytes,
      thresholds: neutral,
      queries: [query(serverMemory(scope), '{{job}} {{instance}}')],
    }),
    timeSeries({
      title: 'CPU of servers',
      description: {
        shows: 'Cores that every server of the stack uses.',
        matters: 'The stack must stay cheap beside what it watches.',
        act: 'Prometheus: look for costly queries and rules. Collector: for a jump of points.',
      },
      unit: unit.ratio,
      thresholds: neutral,
      queries: [query(serverCpu(scope), '{{job}} {{instance}}')],
    }),
  ]);
}
