import { uids } from '../../dashboards/uids.ts';
import { collector } from '../../metrics/collector.ts';
import { pointsFailed, pointsRefused } from '../../queries/pipeline-queries.ts';
import { ruleScope } from '../../query/query-scope.ts';
import { SERVER } from '../../query/service-labels.ts';
import { pipelineThresholds } from '../../thresholds/pipeline-thresholds.ts';
import type { AlertSource } from '../alert.ts';
import { series } from '../test-series.ts';
import { aCollector } from './servers-in-tests.ts';

const otlp = { ...aCollector, receiver: 'otlp', transport: 'http' };
const { pointsLost } = pipelineThresholds;

export const collectorRefusing: AlertSource = (spec) => {
  const scope = ruleScope(spec.time('5m'), spec.histograms);
  const by = SERVER;
  return {
    name: 'CollectorRefusing',
    severity: 'warning',
    team: 'platform',
    expr: `${pointsRefused(scope, by)} > ${pointsLost.warning} or ${pointsFailed(scope, by)} > ${pointsLost.warning}`,
    for: spec.time('5m'),
    summary:
      'Collector {{ $labels.instance }} turns away {{ printf "%.2f" $value }} metric points a second',
    description:
      'The Collector does not take what services send: it is short of memory, or something behind it does not keep up. SDKs try again for a while, then the points are lost.',
    dashboard: { uid: uids.pipeline },
    runbook: {
      symptom:
        'For ten minutes the Collector has answered senders with "try again" or with an error.',
      meaning:
        'Customers notice nothing. Metrics come late or with gaps; graphs and alerts can be wrong by as much.',
      look: [
        '```promql',
        'sum by (receiver) (rate(otelcol_receiver_refused_metric_points[5m]))',
        'otelcol_process_memory_rss',
        'otelcol_exporter_queue_size / otelcol_exporter_queue_capacity',
        '```',
        '',
        'Its log says `data refused due to high memory usage` when the memory limiter is the reason.',
      ].join('\n'),
      mend: [
        '1. Memory near `BELLWETHER_COLLECTOR_MEMORY_MIB`: raise it, with the limit of the container and `GOMEMLIMIT` (80 %).',
        '2. The queue is filling too: follow [CollectorQueueFilling](CollectorQueueFilling.md); the cause is Prometheus.',
        '3. One service sends far more than before: `topk(5, count by (service_name) ({service_name!=""}))`. Look for a label without bound that it has begun to send.',
      ].join('\n'),
    },
    tests: [
      {
        name: 'the memory limiter turns away a tenth',
        series: {
          [series(collector.refusedPoints, otlp)]: '0x10 0+900x30',
          [series(collector.failedPoints, otlp)]: '0x40',
        },
        at: '30m',
        fires: [aCollector],
      },
      {
        name: 'what is behind the receiver fails',
        series: { [series(collector.failedPoints, otlp)]: '0x10 0+900x30' },
        at: '30m',
        fires: [aCollector],
      },
      {
        name: 'nothing is refused',
        series: {
          [series(collector.refusedPoints, otlp)]: '0x40',
          [series(collector.failedPoints, otlp)]: '0x40',
        },
        at: '30m',
        fires: [],
      },
      {
        name: 'a moment of it, over since',
        series: { [series(collector.refusedPoints, otlp)]: '0x10 500x40' },
        at: '30m',
        fires: [],
      },
    ],
  };
};
