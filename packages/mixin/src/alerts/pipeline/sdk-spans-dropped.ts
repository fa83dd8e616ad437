import { uids } from '../../dashboards/uids.ts';
import { sdk } from '../../metrics/sdk-metrics.ts';
import { sdkSpansDropped as spansDropped } from '../../queries/sdk-queries.ts';
import { ruleScope } from '../../query/query-scope.ts';
import { SERVICE } from '../../query/service-labels.ts';
import { pipelineThresholds } from '../../thresholds/pipeline-thresholds.ts';
import type { AlertSource } from '../alert.ts';
import { replica, series, shop } from '../test-series.ts';

const dropped = (why: string) =>
  series(sdk.spansProcessed, {
    ...replica('shop-1'),
    otel_component_type: 'batching_span_processor',
    error_type: why,
  });

export const sdkSpansDropped: AlertSource = (spec) => ({
  name: 'SdkSpansDropped',
  severity: 'warning',
  team: 'service',
  expr: `${spansDropped(ruleScope(spec.time('10m'), spec.histograms), SERVICE)} > ${pipelineThresholds.sdkDropped.warning}`,
  for: spec.time('10m'),
  summary: '{{ $labels.service_name }} drops {{ printf "%.1f" $value }} spans a second',
  description:
    'Spans end faster than they leave and the queue of the SDK drops what is more, or they can not be written. Traces have holes, and numbers made of spans are too low.',
  dashboard: { uid: uids.pipeline, variables: { 'var-job': 'job' } },
  runbook: {
    symptom:
      'For twenty minutes spans found no room in the queue of the SDK, or could not be written, again and again.',
    meaning:
      'Customers notice nothing. A slow request may have no trace. Metrics of the service are not touched: they do not go through this queue.',
    look: [
      'Do exports fail or take long (the Collector), or are there just many spans (the service)?',
      '',
      '```promql',
      'sum by (job, instance, error_type) (rate(otel_sdk_processor_span_processed_total{error_type!=""}[10m]))',
      'sum by (job, otel_span_parent_origin) (rate(otel_sdk_span_started_total{otel_span_sampling_result="RECORD_AND_SAMPLE"}[10m]))',
      'sum by (job) (rate(otel_sdk_exporter_operation_duration_seconds_sum[10m])) / sum by (job) (rate(otel_sdk_exporter_operation_duration_seconds_count[10m]))',
      '```',
    ].join('\n'),
    mend: [
      '1. Exports fail or take seconds: see [SdkExportFailing](SdkExportFailing.md) and the Collector.',
      '2. More spans than before: sample less, `OTEL_TRACES_SAMPLER=parentbased_traceidratio` with `OTEL_TRACES_SAMPLER_ARG=0.1`.',
      '3. Bursts: raise `OTEL_BSP_MAX_QUEUE_SIZE` (2048), about 500 bytes a span; or lower `OTEL_BSP_SCHEDULE_DELAY`.',
      '4. `BELLWETHER_EXPRESS_LAYERS=true` gives every middleware a span: turn it off.',
      '5. `error_type="not_serializable"`: something gives spans what OTLP can not hold, as a link whose context was read from JSON. The log of the service has the error (`a span can not be written`).',
    ].join('\n'),
  },
  tests: [
    {
      name: 'bursts overflow the queue all the time',
      series: { [dropped('queue_full')]: '0+50x60' },
      at: '40m',
      fires: [shop],
    },
    {
      name: 'a library gives them links that are none',
      series: { [dropped('queue_full')]: '0x60', [dropped('not_serializable')]: '0+50x60' },
      at: '40m',
      fires: [shop],
    },
    {
      name: 'one burst at the start',
      series: { [dropped('queue_full')]: '0 300x60' },
      at: '30m',
      fires: [],
    },
    {
      name: 'nothing is dropped',
      series: { [dropped('queue_full')]: '0x60' },
      at: '30m',
      fires: [],
    },
  ],
});
