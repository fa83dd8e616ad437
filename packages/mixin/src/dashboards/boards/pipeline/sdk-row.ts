import type { ResolvedSpec } from '../../../monitoring-spec.ts';
import {
  sdkCollectionSeconds,
  sdkExportSeconds,
  sdkPointsArrived,
  sdkPointsFailed,
  sdkPointsFailedRatio,
  sdkQueueUsed,
  sdkSpansArrived,
  sdkSpansDropped,
  sdkSpansFailed,
  sdkSpansFailedRatio,
} from '../../../queries/sdk-queries.ts';
import { panelScope } from '../../../query/query-scope.ts';
import { pipelineThresholds } from '../../../thresholds/pipeline-thresholds.ts';
import { type Row, row } from '../../frame/layout.ts';
import { query } from '../../panels/panel-query.ts';
import { badAbove, neutral } from '../../panels/panel-thresholds.ts';
import { unit } from '../../panels/panel-units.ts';
import { timeSeries } from '../../panels/time-series.ts';

const JOB = ['job'];

/** What the SDKs in services say about their own sending. */
export function sdkRow({ histograms }: ResolvedSpec): Row {
  const scope = panelScope(histograms);
  return row('SDK', [
    timeSeries({
      title: 'Sent by services',
      description: {
        shows: 'Spans and metric points a second that services sent and a Collector took.',
        matters: 'It is the first hop: what is missing here is missing everywhere.',
        act: 'A line that falls while there are requests: see what failed and was dropped beside it.',
      },
      unit: unit.countsPerSecond,
      thresholds: neutral,
      queries: [
        query(sdkPointsArrived(scope, JOB), 'points, {{job}}'),
        query(sdkSpansArrived(scope, JOB), 'spans, {{job}}'),
      ],
    }),
    timeSeries({
      title: 'Not arrived, or dropped',
      description: {
        shows:
          'Spans and points a second whose export failed after its last attempt, and spans for which the queue had no room.',
        matters:
          'Spans are lost. Points are sums: the next export makes up for it. While no metrics arrive at all, this shows it afterwards.',
        act: 'The log of the service says why (ERR_EXPORT); the label error_type too. Dropped: queue_full, raise OTEL_BSP_MAX_QUEUE_SIZE or sample less; not_serializable, see the log.',
      },
      unit: unit.countsPerSecond,
      thresholds: badAbove(pipelineThresholds.sdkDropped),
      queries: [
        query(sdkPointsFailed(scope, JOB), 'points failed, {{job}}'),
        query(sdkSpansFailed(scope, JOB), 'spans failed, {{job}}'),
        query(sdkSpansDropped(scope, JOB), 'spans dropped, {{job}}'),
      ],
    }),
    timeSeries({
      title: 'Share that does not arrive',
      description: {
        shows: 'Share of the spans and points that services sent whose export failed.',
        matters: 'Some arrive and some do not: replicas, sizes or times differ.',
        act: 'Look at error_type of otel_sdk_exporter_span_exported_total: an HTTP status is the Collector or a proxy, a code of the system the network.',
      },
      unit: unit.ratio,
      thresholds: badAbove(pipelineThresholds.sdkFailed),
      queries: [
        query(sdkPointsFailedRatio(scope, JOB), 'points, {{job}}'),
        query(sdkSpansFailedRatio(scope, JOB), 'spans, {{job}}'),
      ],
    }),
    timeSeries({
      title: 'Queue of spans in use',
      description: {
        shows: 'Share of the queue of spans that is taken, by service, when its metrics leave.',
        matters: 'Full: spans are dropped.',
        act: 'The Collector is slow or away, or there are more spans than leave in time: sample less, or raise OTEL_BSP_MAX_QUEUE_SIZE.',
      },
      unit: unit.ratio,
      thresholds: badAbove(pipelineThresholds.sdkQueueUsed),
      max: 1,
      queries: [query(sdkQueueUsed(scope, JOB), '{{job}}')],
    }),
    timeSeries({
      title: 'Time to collect and to export',
      description: {
        shows: 'Mean seconds of a collection of metrics, and of an export with all its attempts.',
        matters: 'Collecting takes the event loop of the service; an export only waits.',
        act: 'Exports of seconds: the Collector is slow or away. Collections that grow: too many series, see Series in memory.',
      },
      unit: unit.seconds,
      thresholds: neutral,
      queries: [
        query(sdkCollectionSeconds(scope, JOB), 'collect, {{job}}'),
        query(
          sdkExportSeconds(scope, [...JOB, 'otel_component_type']),
          '{{otel_component_type}}, {{job}}',
        ),
      ],
    }),
  ]);
}
