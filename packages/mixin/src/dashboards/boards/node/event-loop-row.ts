import type { ResolvedSpec } from '../../../monitoring-spec.ts';
import { eventLoopDelay, eventLoopUtilization } from '../../../queries/runtime-queries.ts';
import { panelScope } from '../../../query/query-scope.ts';
import { runtimeThresholds } from '../../../thresholds/runtime-thresholds.ts';
import { type Row, row } from '../../frame/layout.ts';
import { query } from '../../panels/panel-query.ts';
import { badAbove } from '../../panels/panel-thresholds.ts';
import { unit } from '../../panels/panel-units.ts';
import { timeSeries } from '../../panels/time-series.ts';
import { delaySeries } from '../runtime-panels.ts';

/** Everything that JavaScript does waits for its turn here. */
export function eventLoopRow({ histograms }: ResolvedSpec): Row {
  const scope = panelScope(histograms);
  return row('Event loop', [
    delaySeries(scope, 'instance'),
    timeSeries({
      title: 'Event loop delay, all percentiles',
      description: {
        shows:
          'How late the event loop came, of the worst process: median, 90th and 99th percentile and the worst case between two exports. 10 ms is an idle loop.',
        matters:
          'A high maximum alone is one long task; all lines high is a process without a pause.',
        act: 'One long task: find it with --cpu-prof around that minute. All high: start more instances.',
      },
      unit: unit.seconds,
      thresholds: badAbove(runtimeThresholds.eventLoopDelayP99),
      queries: (['p50', 'p90', 'p99', 'max'] as const).map((statistic) =>
        query(eventLoopDelay(statistic, scope), statistic),
      ),
    }),
    timeSeries({
      title: 'Event loop utilisation',
      description: {
        shows: 'Share of time that the event loop was busy, by instance.',
        matters: 'The best sign of how much more a process can take: above 90 % requests queue.',
        act: 'Start more instances before it gets there; then look for what makes it busy at that traffic.',
      },
      unit: unit.ratio,
      thresholds: badAbove(runtimeThresholds.eventLoopUtilization),
      max: 1,
      queries: [query(eventLoopUtilization(scope, ['instance']), '{{instance}}')],
    }),
  ]);
}
