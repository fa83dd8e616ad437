import { uids } from '../../dashboards/uids.ts';
import { prometheusServer } from '../../metrics/prometheus-server.ts';
import type { ResolvedSpec } from '../../monitoring-spec.ts';
import { otlpPutOff, otlpRejectedRequests } from '../../queries/pipeline-queries.ts';
import { ruleScope } from '../../query/query-scope.ts';
import { SERVER } from '../../query/service-labels.ts';
import { pipelineThresholds } from '../../thresholds/pipeline-thresholds.ts';
import type { AlertSource } from '../alert.ts';
import { series } from '../test-series.ts';
import { aPrometheus } from './servers-in-tests.ts';

const answers = (code: string) =>
  series(prometheusServer.httpRequests, {
    ...aPrometheus,
    handler: '/api/v1/otlp/v1/metrics',
    code,
  });

/** What is sent again counts when it lasts: every start of Prometheus answers 503 until its log is read. */
function expression(spec: ResolvedSpec): string {
  const scope = ruleScope(spec.time('5m'), spec.histograms);
  const by = [...SERVER, 'code'];
  const limit = pipelineThresholds.otlpRejected.warning;
  const lost = otlpRejectedRequests({ ...scope, window: spec.time('10m') }, by);
  const now = otlpPutOff(scope, by);
  const before = otlpPutOff(scope, by, spec.time('5m'));
  return `${lost} > ${limit} or (${now} > ${limit} and ${before} > ${limit})`;
}

export const otlpRejected: AlertSource = (spec) => ({
  name: 'OtlpRejected',
  severity: 'warning',
  team: 'platform',
  expr: expression(spec),
  for: '0s',
  keepFiringFor: spec.time('10m'),
  summary:
    'Prometheus {{ $labels.instance }} answered {{ printf "%.0f" $value }} OTLP requests with {{ $labels.code }}',
  description:
    'Prometheus takes or refuses an OTLP request as a whole. The Collector does not send a 400 or 500 again: up to 2,000 points of any service are lost with each. 429 and 503 are sent again; they count when they come for minutes.',
  dashboard: { uid: uids.pipeline },
  runbook: {
    symptom: 'In the last ten minutes the OTLP endpoint of Prometheus gave answers other than 2xx.',
    meaning:
      'Customers notice nothing. Metrics of all services have holes, of those too that sent nothing wrong.',
    look: [
      'The reason is in the logs of both sides:',
      '',
      '```sh',
      'npx bellwether stack logs prometheus | grep -i otlp    # or: docker compose logs prometheus',
      'npx bellwether stack logs collector | grep -i dropping # or: docker compose logs collector',
      '```',
      '',
      '```promql',
      'sum by (code) (increase(prometheus_http_requests_total{handler=~"/api/v1/otlp.*"}[10m]))',
      'sum by (filter) (increase(otelcol_processor_filter_datapoints_filtered[10m]))',
      '```',
    ].join('\n'),
    mend: [
      '1. `out of bounds` or `too far in the future`: a host with a wrong clock. The log names the series; mend its clock (`chronyc tracking`).',
      '2. `duplicate sample for timestamp`: two processes send one series. Give each its own `service.instance.id`.',
      '3. `invalid temporality`: a sender uses delta. Set it to cumulative; `filter/delta` of the Collector should have dropped it: is the configuration ours?',
      "4. `observations found in buckets` or `unsupported exemplar value type`: a sender's histograms do not add up, or its exemplars have no value. No filter can tell those: correct or stop that sender.",
      '5. 503 or 429: Prometheus is overloaded; those are sent again and not lost.',
    ].join('\n'),
  },
  tests: [
    {
      name: 'the first 400, when its counter appears',
      series: { [answers('200')]: '0+30x40', [answers('400')]: '_x20 1x20' },
      at: '25m',
      fires: [{ ...aPrometheus, code: '400' }],
    },
    {
      name: 'every other request is a 500',
      series: { [answers('200')]: '0+15x40', [answers('500')]: '0+15x40' },
      at: '30m',
      fires: [{ ...aPrometheus, code: '500' }],
    },
    {
      name: 'Prometheus is overloaded: 503 for ten minutes',
      series: { [answers('200')]: '0+30x40', [answers('503')]: '0x10 0+5x30' },
      at: '22m',
      fires: [{ ...aPrometheus, code: '503' }],
    },
    {
      name: 'Prometheus starts, and answers 503 until it is ready',
      series: { [answers('200')]: '0+30x20 0+30x20', [answers('503')]: '_x21 14x20' },
      at: '24m',
      fires: [],
    },
    {
      name: 'all are taken',
      series: { [answers('200')]: '0+30x40' },
      at: '30m',
      fires: [],
    },
    {
      name: 'a 400 an hour ago',
      series: { [answers('200')]: '0+30x100', [answers('400')]: '_x20 1x80' },
      at: '90m',
      fires: [],
    },
  ],
});
