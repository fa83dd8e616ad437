import { uids } from '../../dashboards/uids.ts';
import { collector } from '../../metrics/collector.ts';
import { queueUsed } from '../../queries/pipeline-queries.ts';
import { ruleScope } from '../../query/query-scope.ts';
import { pipelineThresholds } from '../../thresholds/pipeline-thresholds.ts';
import type { AlertSource } from '../alert.ts';
import { series } from '../test-series.ts';
import { queueSeries } from './queue-tests.ts';
import { aCollector, toPrometheus } from './servers-in-tests.ts';

const { critical: limit } = pipelineThresholds.queueUsed;

export const collectorQueueFull: AlertSource = (spec) => ({
  name: 'CollectorQueueFull',
  severity: 'critical',
  team: 'platform',
  expr: `${queueUsed(ruleScope(spec.time('5m'), spec.histograms), ['data_type="metrics"'])} > ${limit}`,
  for: spec.time('2m'),
  summary:
    'The queue of Collector {{ $labels.instance }} to {{ $labels.exporter }} is {{ $value | humanizePercentage }} full: metrics are about to be lost',
  description:
    'Prometheus has not taken anything for long, and the queue on disk is nearly full. In minutes everything that services measure will be dropped.',
  dashboard: { uid: uids.pipeline },
  runbook: {
    symptom: `More than ${limit * 100} % of the queue to Prometheus is taken.`,
    meaning:
      'Customers notice nothing yet, and neither will you: dashboards are behind, alerts see the past, and soon there is nothing to see at all.',
    look: [
      '```sh',
      'npx bellwether stack status                # or: docker compose ps prometheus',
      'npx bellwether stack logs prometheus       # or: docker compose logs --tail 50 prometheus',
      'df -h                                      # the data folders of Prometheus and of the queue',
      '```',
      '',
      '```promql',
      'otelcol_exporter_queue_size / otelcol_exporter_queue_capacity',
      'sum by (code) (rate(prometheus_http_requests_total{handler=~"/api/v1/otlp.*"}[5m]))',
      '```',
    ].join('\n'),
    mend: [
      '1. Prometheus is down: start it. The queue drains at some thousand points a second; watch it fall.',
      '2. Its disk is full: make room (`storage.tsdb.retention.size` lower, or a bigger disk), start it again.',
      '3. It runs and refuses: see [OtlpRejected](OtlpRejected.md).',
      '4. It cannot be mended soon: raise `queue_size` in `collector/config.yaml` as far as the disk allows, and restart the Collector. The queue is kept. What is more than 30 minutes old when it is delivered is refused, unless `out_of_order_time_window` was raised first.',
    ].join('\n'),
  },
  tests: [
    {
      name: 'Prometheus has been away for half an hour: 95 %',
      series: queueSeries('0x10 0+95000x10 950000x30'),
      at: '30m',
      fires: [{ ...aCollector, ...toPrometheus, data_type: 'metrics' }],
    },
    {
      name: 'it is full of metrics, and has room for traces and logs',
      series: {
        ...queueSeries('1000000x40'),
        ...queueSeries('0x40', 'traces'),
        ...queueSeries('0x40', 'logs'),
      },
      at: '20m',
      fires: [{ ...aCollector, ...toPrometheus, data_type: 'metrics' }],
    },
    {
      name: 'a store of traces is away: a ticket, no page',
      series: { ...queueSeries('0x40'), ...queueSeries('1000000x40', 'traces') },
      at: '20m',
      fires: [],
    },
    {
      name: 'at 70 % there is time: a ticket, no page',
      series: queueSeries('700000x40'),
      at: '20m',
      fires: [],
    },
    {
      name: 'a Collector without a queue',
      series: { [series(collector.uptime, aCollector)]: '0+60x40' },
      at: '20m',
      fires: [],
    },
  ],
});
