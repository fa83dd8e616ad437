import { uids } from '../../dashboards/uids.ts';
import { queueUsed } from '../../queries/pipeline-queries.ts';
import { ruleScope } from '../../query/query-scope.ts';
import { pipelineThresholds } from '../../thresholds/pipeline-thresholds.ts';
import type { AlertSource } from '../alert.ts';
import { queueSeries } from './queue-tests.ts';
import { aCollector, toPrometheus } from './servers-in-tests.ts';

const { warning: limit } = pipelineThresholds.queueUsed;

export const collectorQueueFilling: AlertSource = (spec) => ({
  name: 'CollectorQueueFilling',
  severity: 'warning',
  team: 'platform',
  expr: `${queueUsed(ruleScope(spec.time('5m'), spec.histograms))} > ${limit}`,
  for: spec.time('2m'),
  summary:
    'The queue of {{ $labels.data_type }} of Collector {{ $labels.instance }} to {{ $labels.exporter }} is {{ $value | humanizePercentage }} full',
  description:
    'What is behind it, for metrics Prometheus, does not take what the Collector has, and it piles up on disk. Nothing is lost yet; when the queue is full, everything new of this kind is.',
  dashboard: { uid: uids.pipeline },
  runbook: {
    symptom: `More than ${limit * 100} % of a queue is taken. The labels \`exporter\` and \`data_type\` say whose.`,
    meaning:
      'Customers notice nothing. Of metrics: dashboards are behind by as long as the queue is, and alerts see the past.',
    look: [
      'How long until it is full, in seconds, and does Prometheus answer?',
      '',
      '```promql',
      '(otelcol_exporter_queue_capacity - otelcol_exporter_queue_size) / deriv(otelcol_exporter_queue_size[10m])',
      'sum by (code) (rate(prometheus_http_requests_total{handler=~"/api/v1/otlp.*"}[5m]))',
      'rate(prometheus_tsdb_head_samples_appended_total[5m])',
      '```',
      '',
      'Samples may be at most 30 minutes late (`out_of_order_time_window`): a queue that is older is refused when it is delivered at last.',
    ].join('\n'),
    mend: [
      '1. Prometheus was away and is back: the queue drains by itself. Watch it fall.',
      '2. Prometheus is slow: its CPU, its disk, or a heavy query. End the query, or give it more.',
      '3. Prometheus does not answer: start it. Its disk is full: see the alert of the disk.',
      '4. More is sent than ever: find the service, `topk(5, count by (service_name) ({service_name!=""}))`, and take away the label that grew.',
    ].join('\n'),
  },
  tests: [
    {
      name: 'Prometheus has been away for a while: 70 %',
      series: queueSeries('0x10 0+70000x10 700000x30'),
      at: '30m',
      fires: [{ ...aCollector, ...toPrometheus, data_type: 'metrics' }],
    },
    {
      name: 'the queue of metrics fills, and those of traces and logs to the same exporter are empty',
      series: {
        ...queueSeries('700000x40'),
        ...queueSeries('0x40', 'traces'),
        ...queueSeries('0x40', 'logs'),
      },
      at: '20m',
      fires: [{ ...aCollector, ...toPrometheus, data_type: 'metrics' }],
    },
    {
      name: 'half full and draining',
      series: queueSeries('500000-10000x40'),
      at: '20m',
      fires: [],
    },
    {
      name: 'exactly at the limit',
      series: queueSeries('600000x40'),
      at: '20m',
      fires: [],
    },
  ],
});
