import type { ResolvedSpec } from '../../../monitoring-spec.ts';
import {
  collectorCpu,
  collectorMemory,
  pointsAccepted,
  pointsEnqueueFailed,
  pointsFailed,
  pointsFiltered,
  pointsRefused,
  pointsSendFailed,
  pointsSent,
  queueCapacity,
  queueSize,
  queueUsed,
  spansAccepted,
} from '../../../queries/pipeline-queries.ts';
import { orZero } from '../../../query/or-zero.ts';
import { panelScope } from '../../../query/query-scope.ts';
import { pipelineThresholds } from '../../../thresholds/pipeline-thresholds.ts';
import { type Row, row } from '../../frame/layout.ts';
import { query } from '../../panels/panel-query.ts';
import { badAbove, neutral } from '../../panels/panel-thresholds.ts';
import { unit } from '../../panels/panel-units.ts';
import { timeSeries } from '../../panels/time-series.ts';

const INSTANCE = ['instance'];

/** The Collector: in, out, and what it could not keep. */
export function collectorRow({ histograms }: ResolvedSpec): Row {
  const scope = panelScope(histograms);
  const received = pointsAccepted(scope, INSTANCE);
  return row('Collector', [
    timeSeries({
      title: 'Metric points in and out',
      description: {
        shows:
          'Metric points a second that the Collector took from services and handed over to Prometheus.',
        matters: 'Both lines must lie on each other; the gap is what waits or is lost.',
        act: 'In falls: services are silent. Out falls: see the queue, then whether Prometheus is up.',
      },
      unit: unit.countsPerSecond,
      thresholds: neutral,
      queries: [
        query(received, 'in, {{instance}}'),
        query(pointsSent(scope, INSTANCE), 'out, {{instance}}'),
      ],
    }),
    timeSeries({
      title: 'Points lost or turned away',
      description: {
        shows:
          'Metric points a second that the Collector turned away, lost inside, could not queue, or that Prometheus refused for good.',
        matters:
          'What is lost here is missing for ever. Turned away ones may come again from the SDK.',
        act: 'Its log names the reason. Turned away: memory limit, give it more. Refused: one bad point costs its batch, see too old samples.',
      },
      unit: unit.countsPerSecond,
      thresholds: badAbove(pipelineThresholds.pointsLost),
      queries: [
        query(orZero(pointsRefused(scope, INSTANCE), received), 'turned away, {{instance}}'),
        query(orZero(pointsFailed(scope, INSTANCE), received), 'lost inside, {{instance}}'),
        query(orZero(pointsEnqueueFailed(scope, INSTANCE), received), 'queue full, {{instance}}'),
        query(
          orZero(pointsSendFailed(scope, INSTANCE), received),
          'refused for good, {{instance}}',
        ),
      ],
    }),
    timeSeries({
      title: 'Queue in use',
      description: {
        shows: 'Share of each queue on disk that is taken, by exporter and kind of data.',
        matters:
          'It holds what Prometheus, or a store of traces or logs, did not take yet. Full: what comes is lost.',
        act: 'What is behind it is down or slow. Bring it back before the queue is full: all that waits is then delivered.',
      },
      unit: unit.ratio,
      thresholds: badAbove(pipelineThresholds.queueUsed),
      max: 1,
      queries: [query(queueUsed(scope), '{{data_type}} to {{exporter}}, {{instance}}')],
    }),
    timeSeries({
      title: 'Queue',
      description: {
        shows: 'What waits on disk, and how much may wait, by exporter and kind of data.',
        matters: 'The slope says how long there is time: capacity left by growth.',
        act: 'An outage of an hour that the queue can not hold: raise its size in collector/config.yaml.',
      },
      unit: unit.count,
      thresholds: neutral,
      queries: [
        query(
          queueSize(scope, ['exporter', 'data_type']),
          'waiting, {{data_type}} to {{exporter}}',
        ),
        query(
          queueCapacity(scope, ['exporter', 'data_type']),
          'room, {{data_type}} to {{exporter}}',
        ),
      ],
    }),
    timeSeries({
      title: 'Points dropped by filters',
      description: {
        shows:
          'Points a second that filters dropped because Prometheus would refuse their whole request: delta temporality, malformed metrics, a wrong time; or whose tenant id is none.',
        matters: 'They protect all other points, and are themselves lost.',
        act: 'filter/delta: set OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE to cumulative. filter/time: mend the clock of that host. Others: correct the sender.',
      },
      unit: unit.countsPerSecond,
      thresholds: badAbove(pipelineThresholds.pointsLost),
      queries: [query(pointsFiltered(scope, ['filter']), '{{filter}}')],
    }),
    timeSeries({
      title: 'Spans in',
      description: {
        shows:
          'Spans a second that the Collector took; span metrics and exemplars are made of them.',
        matters: 'Without spans a slow request can not be explained.',
        act: 'None while there are requests: OTEL_TRACES_SAMPLER drops all, or the exporter of traces is off.',
      },
      unit: unit.countsPerSecond,
      thresholds: neutral,
      queries: [query(spansAccepted(scope, INSTANCE), '{{instance}}')],
    }),
    timeSeries({
      title: 'Memory of the Collector',
      description: {
        shows: 'Resident memory of the Collector.',
        matters: 'At its limit it turns points away, so that it is not killed.',
        act: 'Growing with the traffic: give it more and raise GOMEMLIMIT to 80 % of that.',
      },
      unit: unit.bytes,
      thresholds: neutral,
      queries: [query(collectorMemory(scope, INSTANCE), '{{instance}}')],
    }),
    timeSeries({
      title: 'CPU of the Collector',
      description: {
        shows: 'Cores that the Collector uses.',
        matters: 'It must keep up with all services together.',
        act: 'Near its limit: a second Collector; metrics may be balanced freely, spans by service.',
      },
      unit: unit.ratio,
      thresholds: neutral,
      queries: [query(collectorCpu(scope, INSTANCE), '{{instance}}')],
    }),
  ]);
}
