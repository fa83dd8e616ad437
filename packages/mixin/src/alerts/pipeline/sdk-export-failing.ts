import { uids } from '../../dashboards/uids.ts';
import { sdk } from '../../metrics/sdk-metrics.ts';
import { sdkPointsFailedRatio, sdkSpansFailedRatio } from '../../queries/sdk-queries.ts';
import { ruleScope } from '../../query/query-scope.ts';
import { SERVICE } from '../../query/service-labels.ts';
import { pipelineThresholds } from '../../thresholds/pipeline-thresholds.ts';
import type { AlertSource } from '../alert.ts';
import { replica, series, shop } from '../test-series.ts';

const { warning: limit } = pipelineThresholds.sdkFailed;
const exporter = { otel_component_type: 'otlp_http_span_exporter' };
const spans = { ...replica('shop-1'), ...exporter };
const arrived = series(sdk.spansExported, spans);
const failed = (why: string) => series(sdk.spansExported, { ...spans, error_type: why });
const points = {
  ...replica('shop-1'),
  otel_component_type: 'otlp_http_metric_exporter',
};

export const sdkExportFailing: AlertSource = (spec) => {
  const scope = ruleScope(spec.time('5m'), spec.histograms);
  const by = [...SERVICE, 'otel_component_type'];
  return {
    name: 'SdkExportFailing',
    severity: 'warning',
    team: 'platform',
    expr: [sdkSpansFailedRatio(scope, by), sdkPointsFailedRatio(scope, by)]
      .map((ratio) => `(${ratio}) > ${limit}`)
      .join(' or '),
    for: spec.time('10m'),
    summary:
      '{{ $value | humanizePercentage }} of what {{ $labels.service_name }} sends does not arrive ({{ $labels.otel_component_type }})',
    description:
      'The SDK in the service gives exports up after their last attempt: the Collector refuses them, is too slow, or is not there for this signal. Spans among them are lost; metrics that go through later make up for it.',
    dashboard: { uid: uids.pipeline, variables: { 'var-job': 'job' } },
    runbook: {
      symptom: `For ten minutes, more than ${limit * 100} % of the spans or metric points of a service did not arrive. Some did, or you would not read this: a service that reaches nobody is [ServiceSilent](ServiceSilent.md).`,
      meaning:
        'Customers notice nothing. Traces have holes, and numbers come late or only from some replicas.',
      look: [
        'The label `error_type` says why: an HTTP status, `timeout`, `rejected` (a part of a request), `too_many_exports` (earlier ones hang), or the code of a system error. The log of the service has the same in words, once a cause: look for `ERR_EXPORT`.',
        '',
        '```promql',
        'sum by (job, instance, otel_component_type, error_type, server_address) (rate(otel_sdk_exporter_span_exported_total{error_type!=""}[10m]))',
        'sum by (job, instance, otel_component_type, error_type, server_address) (rate(otel_sdk_exporter_metric_data_point_exported_total{error_type!=""}[10m]))',
        '```',
      ].join('\n'),
      mend: [
        '1. `ECONNREFUSED`, `ENOTFOUND`, `timeout`, `too_many_exports`: the Collector at `server_address` is away or slow: see [CollectorDown](CollectorDown.md) and [CollectorRefusing](CollectorRefusing.md).',
        '2. `404`, `401`, `403`: the address or the token of this signal is wrong: `OTEL_EXPORTER_OTLP_TRACES_ENDPOINT`, `OTEL_EXPORTER_OTLP_METRICS_ENDPOINT`. `npx bellwether doctor` in the folder of the service tells.',
        '3. `413` or `400`: something between limits or mangles requests: a proxy, or a Collector of another version.',
        '4. `rejected`: the Collector takes the request and refuses some items: its log and the log of the service name the reason.',
      ].join('\n'),
    },
    tests: [
      {
        name: 'the Collector refuses every tenth batch of spans',
        series: { [arrived]: '0+900x60', [failed('400')]: '0+100x60' },
        at: '30m',
        fires: [{ ...shop, ...exporter }],
      },
      {
        name: 'one replica in two sends its metrics to a wrong address half of the time',
        series: {
          [series(sdk.pointsExported, points)]: '0+500x60',
          [series(sdk.pointsExported, { ...points, error_type: '404' })]: '0+500x60',
        },
        at: '30m',
        fires: [{ ...shop, otel_component_type: 'otlp_http_metric_exporter' }],
      },
      {
        name: 'two minutes without a Collector, told afterwards',
        series: {
          [arrived]: '0+1000x20 20000x2 21000+1000x40',
          [failed('ECONNREFUSED')]: '_x20 0 0 2000x40',
        },
        at: '32m',
        fires: [],
      },
      {
        name: 'nothing fails',
        series: { [arrived]: '0+1000x60' },
        at: '30m',
        fires: [],
      },
      {
        name: 'a service that sends no spans',
        series: { [arrived]: '0x60' },
        at: '30m',
        fires: [],
      },
    ],
  };
};
